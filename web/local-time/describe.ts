/** "22 Nov 2026, 18:05" in the given zone; the zone of the machine when none is given. */
export function describe(moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(moment);
}
