// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartPalette.h"

#include "kit/Tone.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace sb::ui {

namespace {

constexpr std::array<QRgb, 7> kOkabeIto{0xff0072b2, 0xffe69f00, 0xff009e73, 0xffcc79a7,
                                        0xff56b4e9, 0xffd55e00, 0xfff0e442};
constexpr QRgb kOther = 0xff8a8a8a;
constexpr double kMarkContrast = 3.0;

/// FNV-1a: the same slot in every run and on every machine, which qHash does not promise.
std::size_t slotOf(const QString& key)
{
    std::uint32_t hash = 2166136261u;
    for (const char byte : key.toUtf8()) {
        hash ^= static_cast<std::uint8_t>(byte);
        hash *= 16777619u;
    }
    return hash % kOkabeIto.size();
}

} // namespace

QColor withContrast(QColor mark, const QColor& background, double ratio)
{
    const bool darken = Tones::contrast(background, Qt::black) > Tones::contrast(background, Qt::white);
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    mark.getHslF(&hue, &saturation, &lightness);
    while (Tones::contrast(mark, background) < ratio && lightness > 0.0F && lightness < 1.0F) {
        lightness = std::clamp(lightness + (darken ? -0.01F : 0.01F), 0.0F, 1.0F);
        mark.setHslF(std::max(hue, 0.0F), saturation, lightness);
    }
    return mark;
}

std::vector<QColor> seriesColours(const std::vector<ChartSeries>& series, const QColor& background)
{
    std::vector<std::size_t> order(series.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return series[a].key < series[b].key; });

    std::vector<QColor> colours(series.size(), QColor::fromRgba(kOther));
    std::array<bool, kOkabeIto.size()> taken{};
    for (const std::size_t i : order) {
        if (series[i].isOther)
            continue;
        std::size_t slot = slotOf(series[i].key);
        if (!std::all_of(taken.begin(), taken.end(), [](bool t) { return t; })) {
            while (taken[slot])
                slot = (slot + 1) % taken.size();
        }
        taken[slot] = true;
        colours[i] = QColor::fromRgba(kOkabeIto[slot]);
    }
    for (QColor& colour : colours)
        colour = withContrast(colour, background, kMarkContrast);
    return colours;
}

} // namespace sb::ui
