// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/Icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>

// A static library's resources are dropped by the linker unless their initialiser is named; the macro must be outside
// of any namespace.
static void initIconResources()
{
    Q_INIT_RESOURCE(signalbox);
}

namespace sb::ui::Icons {

namespace {

QByteArray source(const QString& name)
{
    initIconResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class PaletteIconEngine final : public QIconEngine {
public:
    PaletteIconEngine(QString name, QByteArray svg, std::optional<Tone> tone)
        : m_name(std::move(name)), m_svg(std::move(svg)), m_tone(tone)
    {
    }

    QIconEngine* clone() const override { return new PaletteIconEngine(m_name, m_svg, m_tone); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", color(mode).name().toLatin1());
        QSvgRenderer(svg).render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key =
            QStringLiteral("sb-icon/%1/%2/%3x%4").arg(m_name, color(mode).name()).arg(size.width()).arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        return m_tone ? Tones::text(*m_tone, palette) : palette.color(QPalette::WindowText);
    }

    QString m_name;
    QByteArray m_svg;
    std::optional<Tone> m_tone;
};

QIcon make(const QString& name, std::optional<Tone> tone)
{
    const QByteArray svg = source(name);
    return svg.isEmpty() ? QIcon() : QIcon(new PaletteIconEngine(name, svg, tone));
}

} // namespace

QIcon get(const QString& name)
{
    return make(name, std::nullopt);
}

QIcon get(const QString& name, Tone tone)
{
    return make(name, tone);
}

} // namespace sb::ui::Icons
