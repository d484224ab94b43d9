// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartView.h"

#include "async/OnResult.h"
#include "async/WriteFile.h"
#include "charts/ChartCsv.h"
#include "charts/ChartPalette.h"
#include "charts/ChartTableModel.h"
#include "charts/internal/PlotView.h"
#include "kit/FlowLayout.h"
#include "kit/Prompts.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <set>

namespace sb::ui {

namespace {
constexpr std::size_t kMostStackedBuckets = 250;
constexpr std::size_t kMostDirectLabels = 7;

QPixmap swatch(const QColor& colour, int side)
{
    QPixmap pixmap(side, side);
    pixmap.fill(colour);
    return pixmap;
}
} // namespace

struct ChartView::Impl {
    ChartView& self;
    QString subject;
    Prompts& prompts;
    ChartSpec spec;
    std::set<QString> hidden; ///< keys
    QLabel* title = nullptr;
    QLabel* summary = nullptr;
    QPushButton* toggle = nullptr;
    QStackedWidget* stack = nullptr;
    PlotView* plot = nullptr;
    QTableView* table = nullptr;
    ChartTableModel* model = nullptr;
    QWidget* seriesList = nullptr;
    QLabel* readout = nullptr;

    Impl(ChartView& view, const QString& subjectName, Prompts& prompter)
        : self(view), subject(subjectName), prompts(prompter)
    {
    }

    void build(const QString& objectName);
    void addExportButton(QHBoxLayout* header, const QString& objectName);
    void redraw();
    void rebuildSeriesList(const std::vector<QColor>& colours);
    void updateReadout();
    void save(const QString& suffix, const QString& filter, QByteArray bytes);
};

void ChartView::Impl::build(const QString& objectName)
{
    title = new QLabel;
    title->setObjectName(objectName + QStringLiteral("Title"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setWordWrap(true); // two charts side by side fit where the buttons have long words
    summary = new QLabel;
    summary->setObjectName(objectName + QStringLiteral("Summary"));
    summary->setWordWrap(true);
    toggle = new QPushButton;
    toggle->setObjectName(objectName + QStringLiteral("Toggle"));
    toggle->setToolTip(tr("V"));
    plot = new PlotView;
    plot->setObjectName(objectName + QStringLiteral("Plot"));
    model = new ChartTableModel(&self);
    table = new QTableView;
    table->setObjectName(objectName + QStringLiteral("Table"));
    table->setModel(model);
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // as large as the plot, whatever it would like
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    stack = new QStackedWidget;
    stack->addWidget(plot);
    stack->addWidget(table);
    seriesList = new QWidget;
    seriesList->setObjectName(objectName + QStringLiteral("Series"));
    readout = new QLabel;
    readout->setObjectName(objectName + QStringLiteral("Readout"));
    readout->setWordWrap(true);

    auto* header = new QHBoxLayout;
    header->addWidget(title, 1);
    header->addWidget(toggle);
    addExportButton(header, objectName);
    auto* layout = new QVBoxLayout(&self);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(header);
    layout->addWidget(summary);
    layout->addWidget(stack, 1);
    layout->addWidget(seriesList);
    layout->addWidget(readout);

    connect(toggle, &QPushButton::clicked, &self, [this] { self.showTable(!self.isTableShown()); });
    auto* key = new QShortcut(QKeySequence(Qt::Key_V), &self);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, &self, [this] {
        self.showTable(!self.isTableShown());
        stack->currentWidget()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(plot, &PlotView::crosshairMoved, &self, [this](int bucket) {
        updateReadout();
        Q_EMIT self.crosshairMoved(bucket);
    });
}

void ChartView::Impl::addExportButton(QHBoxLayout* header, const QString& objectName)
{
    auto* button = new QPushButton(tr("Export %1").arg(subject));
    button->setObjectName(objectName + QStringLiteral("Export"));
    button->setAccessibleName(button->text());
    auto* menu = new QMenu(button);
    menu->setObjectName(objectName + QStringLiteral("ExportMenu"));
    button->setMenu(menu);
    connect(menu->addAction(tr("Copy as image")), &QAction::triggered, &self,
            [this] { QGuiApplication::clipboard()->setImage(self.image()); });
    connect(menu->addAction(tr("Copy as CSV")), &QAction::triggered, &self,
            [this] { QGuiApplication::clipboard()->setText(self.csv()); });
    connect(menu->addAction(tr("Save as CSV...")), &QAction::triggered, &self,
            [this] { save(QStringLiteral("csv"), tr("CSV files (*.csv)"), self.csv().toUtf8()); });
    connect(menu->addAction(tr("Save as image...")), &QAction::triggered, &self, [this] {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        self.image().save(&buffer, "PNG");
        save(QStringLiteral("png"), tr("PNG images (*.png)"), bytes);
    });
    header->addWidget(button);
}

void ChartView::Impl::save(const QString& suffix, const QString& filter, QByteArray bytes)
{
    prompts.saveFile(&self, tr("Export %1").arg(subject), QStringLiteral("%1.%2").arg(subject.toLower(), suffix),
                     filter, [this, bytes = std::move(bytes)](const QString& path) {
                         if (path.isEmpty())
                             return;
                         onResult(writeFile(path, bytes), &self, [this, path](Result<void> written) {
                             if (written)
                                 Q_EMIT self.exported(path);
                             else
                                 Q_EMIT self.exportFailed(QString::fromStdString(written.error().what));
                         });
                     });
}

void ChartView::Impl::redraw()
{
    PlotView::Look look;
    look.palette = self.palette();
    look.colours = seriesColours(spec.series, look.palette.color(QPalette::Base));
    for (const ChartSeries& series : spec.series)
        look.visible.push_back(!hidden.contains(series.key));
    look.endLabels = spec.series.size() <= kMostDirectLabels;
    rebuildSeriesList(look.endLabels ? std::vector<QColor>{} : look.colours);
    plot->show(spec, std::move(look));
    updateReadout();
}

void ChartView::Impl::rebuildSeriesList(const std::vector<QColor>& colours)
{
    const QString focused = self.focusWidget() ? self.focusWidget()->property("seriesKey").toString() : QString();
    qDeleteAll(seriesList->findChildren<QCheckBox*>(QString(), Qt::FindDirectChildrenOnly));
    delete seriesList->layout();
    seriesList->setVisible(!colours.empty());
    if (colours.empty())
        return;
    auto* row = new FlowLayout(seriesList);
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const ChartSeries& series = spec.series[i];
        auto* box = new QCheckBox(series.name);
        box->setObjectName(seriesList->objectName() + series.key);
        box->setAccessibleName(series.name);
        box->setProperty("seriesKey", series.key);
        box->setIcon(swatch(colours[i], box->fontMetrics().ascent()));
        box->setChecked(!hidden.contains(series.key));
        connect(box, &QCheckBox::toggled, &self, [this, key = series.key](bool shown) {
            if (shown)
                hidden.erase(key);
            else
                hidden.insert(key);
            // After the box has finished its own event: redrawing makes the list anew.
            QMetaObject::invokeMethod(
                &self, [this] { redraw(); }, Qt::QueuedConnection);
        });
        row->addWidget(box);
        if (!focused.isEmpty() && series.key == focused)
            box->setFocus();
    }
}

void ChartView::Impl::updateReadout()
{
    const auto bucket = plot->crosshair();
    readout->setVisible(bucket.has_value() && plot->hasFocus());
    if (!bucket) {
        readout->clear();
        return;
    }
    QStringList parts;
    for (const ChartSeries& series : spec.series) {
        if (series.values[*bucket] && !hidden.contains(series.key))
            parts << tr("%1 %2").arg(series.name, shownValue(*series.values[*bucket], spec.unit));
    }
    if (spec.kind == ChartKind::Stacked) {
        if (const auto total = totalAt(spec, *bucket))
            parts.prepend(tr("total %1").arg(shownValue(*total, spec.unit)));
    }
    readout->setText(tr("%1: %2").arg(bucketLabel(spec, *bucket),
                                      parts.isEmpty() ? tr("no data") : parts.join(QStringLiteral(", "))));
}

ChartView::ChartView(const QString& subject, const QString& objectName, Prompts& prompts, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, subject, prompts))
{
    setObjectName(objectName);
    m_impl->build(objectName);
    showTable(false);
}

ChartView::~ChartView() = default;

void ChartView::setSpec(ChartSpec spec)
{
    if (spec.kind == ChartKind::Stacked)
        spec = coarsened(std::move(spec), kMostStackedBuckets);
    m_impl->spec = std::move(spec);
    m_impl->title->setText(m_impl->spec.title);
    m_impl->summary->setText(m_impl->spec.summary);
    m_impl->plot->setAccessibleName(m_impl->spec.title);
    m_impl->plot->setAccessibleDescription(m_impl->spec.summary);
    m_impl->table->setAccessibleName(tr("%1 as table").arg(m_impl->spec.title));
    m_impl->model->setSpec(m_impl->spec);
    m_impl->redraw();
}

const ChartSpec& ChartView::spec() const
{
    return m_impl->spec;
}

void ChartView::showTable(bool table)
{
    m_impl->stack->setCurrentIndex(table ? 1 : 0);
    m_impl->toggle->setText(table ? tr("%1 as chart").arg(m_impl->subject) : tr("%1 as table").arg(m_impl->subject));
    m_impl->toggle->setAccessibleName(m_impl->toggle->text());
}

bool ChartView::isTableShown() const
{
    return m_impl->stack->currentIndex() == 1;
}

void ChartView::setCrosshair(std::optional<std::size_t> bucket)
{
    m_impl->plot->setCrosshair(bucket);
    m_impl->updateReadout();
}

std::optional<std::size_t> ChartView::crosshair() const
{
    return m_impl->plot->crosshair();
}

QImage ChartView::image()
{
    const QRect plotRect(m_impl->plot->mapTo(this, QPoint(0, 0)), m_impl->plot->size());
    const QRect area(0, 0, width(), std::max(plotRect.bottom() + 1, 1));
    QImage picture(area.size() * devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(palette().color(QPalette::Base));
    m_impl->title->render(&picture, m_impl->title->mapTo(this, QPoint(0, 0)));
    m_impl->summary->render(&picture, m_impl->summary->mapTo(this, QPoint(0, 0)));
    m_impl->plot->QWidget::render(&picture, plotRect.topLeft());
    return picture;
}

QString ChartView::csv() const
{
    return toCsv(m_impl->spec);
}

void ChartView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    const bool lookChanged = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (lookChanged && m_impl && m_impl->plot && m_impl->spec.zone)
        m_impl->redraw();
}

} // namespace sb::ui
