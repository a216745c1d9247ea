import { activity, type Activity } from "./describe.ts";
import type { Side } from "./face/topology.ts";
import type { Track } from "./face/track.ts";
import { letter, type SideWord } from "./state.ts";

/** Seconds around the moment that the words speak of. */
const AROUND = 1.5;
/** Share of the untreated spasm below which nobody sees it. */
const SEEN = 0.08;
const REST: Activity = { kind: "still", strength: 0, eye: false, mouth: false, brow: null };

/** What both sides do around a moment, or in the whole recording where none is given. */
export function activitiesNear(track: Track | null, moment: number | null, affected: SideWord, severity: number): Readonly<Record<Side, Activity>> {
  const near = (side: Side): Activity => {
    if (track === null) return REST;
    const chosen = track.times.flatMap((time, i) => (moment === null || Math.abs(time - moment) <= AROUND ? [i] : []));
    const found = activity(chosen.map((i) => track.times[i]!), chosen.map((i) => track.forces[i]!), side); // a force for every time
    const share = side === letter(affected) ? severity : 1;
    return share < SEEN ? REST : { ...found, strength: found.strength * share };
  };
  return { R: near("R"), L: near("L") };
}

/** The time of the strongest contraction of the affected side, or of the quietest moment. */
export function extremeTime(track: Track | null, affected: SideWord, strongest: boolean): number {
  if (track === null) return 0;
  const own = letter(affected);
  const other: Side = own === "R" ? "L" : "R";
  let best = -Infinity;
  let time = track.times[0] ?? 0;
  track.forces.forEach((force, i) => {
    const pull = force[own].closed - force[other].closed + Math.max(0, force[own].corner - force[other].corner);
    const value = strongest ? pull : -Math.abs(pull) - force[own].closed - force[other].closed;
    if (value > best) [best, time] = [value, track.times[i]!]; // a force for every time
  });
  return time;
}
