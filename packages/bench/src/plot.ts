import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** One line or one set of bars. */
interface Series {
  name: string;
  /** A value for each category; undefined leaves a gap. */
  values: readonly (number | undefined)[];
}

export interface Plot {
  title: string;
  kind: "line" | "bar";
  /** The categories of the horizontal axis, in order. */
  categories: readonly (string | number)[];
  horizontal: string;
  vertical: string;
  /** The first one is the subject of the plot, and the only one in the accent color. */
  series: readonly Series[];
  /** Whether the vertical axis is logarithmic. */
  logarithmic?: boolean;
  /** Whether the horizontal axis is to scale. The categories must be numbers then. */
  proportional?: boolean;
}

// Between light and dark, so that the plot is readable on both.
const ink = "#7d7d7d";
const faint = "#7d7d7d40";
const colors = ["#e5533a", "#7d8794", "#4f9fb5", "#a58b4f"];
const font = "system-ui, sans-serif";

/** Draws a plot as SVG on no background. */
export function draw(plot: Plot): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 760, height: 380 });
  const name = { nameLocation: "middle", nameTextStyle: { color: ink, fontFamily: font } } as const;
  const label = { color: ink, fontFamily: font };
  chart.setOption({
    animation: false,
    color: colors,
    title: { text: plot.title, left: 8, textStyle: { ...label, fontSize: 15, fontWeight: 600 } },
    legend: { top: 30, left: 8, textStyle: label, data: plot.series.map((series) => series.name) },
    grid: { left: 76, right: 24, top: 72, bottom: 56 },
    xAxis: {
      ...(plot.proportional ? { type: "value" } : { type: "category", data: plot.categories.map(String) }),
      name: plot.horizontal,
      nameGap: 32,
      ...name,
      axisLabel: label,
      axisLine: { lineStyle: { color: ink } },
    },
    yAxis: {
      type: plot.logarithmic ? "log" : "value",
      name: plot.vertical,
      nameGap: 52,
      ...name,
      axisLabel: label,
      splitLine: { lineStyle: { color: faint } },
    },
    series: plot.series.map(({ name, values }) => ({
      type: plot.kind,
      name,
      data: values.map((value, at) => (plot.proportional ? [plot.categories[at], value] : (value ?? null))),
      symbolSize: 7,
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // For screen readers.
  return `${svg.replace(">", `><title>${plot.title}</title>`)}\n`;
}
