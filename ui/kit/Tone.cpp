// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/Tone.h"

#include <QPalette>

#include <cmath>

namespace sb::ui::Tones {

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

int mix(int a, int b, double share)
{
    return static_cast<int>(std::lround(a * (1.0 - share) + b * share));
}

} // namespace

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

bool isDark(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

QColor text(Tone tone, const QPalette& palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Info:
        return dark ? QColor(0x8f, 0xc7, 0xff) : QColor(0x0a, 0x52, 0x9b);
    case Tone::Good:
        return dark ? QColor(0x6f, 0xd6, 0x8b) : QColor(0x14, 0x67, 0x2c);
    case Tone::Warning:
        return dark ? QColor(0xf0, 0xc2, 0x5c) : QColor(0x7a, 0x4d, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xff, 0x9d, 0x94) : QColor(0xa6, 0x1b, 0x12);
    case Tone::Neutral:
        break;
    }
    return dark ? QColor(0xb4, 0xbc, 0xc6) : QColor(0x4a, 0x52, 0x5c);
}

QColor fill(Tone tone, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor strong = text(tone, palette);
    const double share = isDark(palette) ? 0.16 : 0.10;
    return QColor(mix(base.red(), strong.red(), share), mix(base.green(), strong.green(), share),
                  mix(base.blue(), strong.blue(), share));
}

QString iconName(Tone tone)
{
    switch (tone) {
    case Tone::Info:
        return QStringLiteral("info");
    case Tone::Good:
        return QStringLiteral("check");
    case Tone::Warning:
        return QStringLiteral("warning");
    case Tone::Bad:
        return QStringLiteral("error");
    case Tone::Neutral:
        break;
    }
    return QStringLiteral("circle");
}

} // namespace sb::ui::Tones
