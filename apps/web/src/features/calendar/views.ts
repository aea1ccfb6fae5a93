/**
 * The calendar's views. They begin with the chosen day, not with Monday: for planning, the days ahead matter, on Sundays
 * too.
 */
export const views = {
  week: { type: "timeGrid", duration: { days: 7 }, dateIncrement: { days: 7 }, dateAlignment: "day" },
  day: { type: "timeGrid", duration: { days: 1 } },
  list: { type: "list", duration: { days: 28 }, dateIncrement: { days: 28 }, dateAlignment: "day" },
} as const;

export type View = keyof typeof views;

export const viewNames: Record<View, string> = { week: "Week", day: "Day", list: "List" };

export function isView(name: string | null): name is View {
  return name !== null && name in views;
}

/** Returns the views that fit the screen: a phone is too narrow for a week of hours. */
export function viewsOf(isPhone: boolean): [View, View] {
  return isPhone ? ["day", "list"] : ["week", "list"];
}
