import { makeLook, type FaceLook, type FaceRecipe } from './face.js';
import { makePlan, type Plan, type PlanName, type PlanWishes } from './schedule.js';
import { makeScene, type Scene, type SceneWishes } from './scene.js';

/** One person of the corpus with the camera that films them. */
interface Person { readonly face: FaceRecipe; readonly fps: number; readonly scene: SceneWishes; readonly plans: readonly PlanName[]; readonly wishes?: PlanWishes }

export interface Clip { readonly name: string; readonly person: number; readonly plan: PlanName; readonly fps: number }

export const PEOPLE: readonly Person[] = [
  { face: { number: 1, label: 'light skin, brown hair', affected: 'L', skin: 'light', hair: 'brown', iris: 'blue', age: 0.3 }, fps: 30, scene: { iodPx: 92, noise: 2.5 }, plans: ['graded', 'healthy', 'trains', 'stairs', 'still', 'demo'] },
  { face: { number: 2, label: 'dark skin, glasses', affected: 'R', skin: 'dark', hair: 'black', iris: 'dark', glasses: 'thin', glare: 0.12, age: 0.3 }, fps: 30, scene: { iodPx: 78, noise: 3.5 }, plans: ['graded', 'healthy', 'trains'] },
  { face: { number: 3, label: 'older woman, partial ptosis, resting smile', affected: 'R', skin: 'pale', hair: 'grey', iris: 'grey', hairCut: 'long', age: 0.9, ptosis: 0.22, restingSmile: 0.035, brow: 'thin', makeUp: true }, fps: 25, scene: { iodPx: 66, noise: 3, softness: 0.7 }, plans: ['graded', 'healthy', 'tasks'], wishes: { restless: 1.4 } },
  { face: { number: 4, label: 'olive skin, full beard, thick brows', affected: 'L', skin: 'olive', hair: 'black', iris: 'brown', beard: 'full', brow: 'thick', age: 0.4 }, fps: 30, scene: { iodPx: 84, noise: 4, sideLight: true }, plans: ['graded', 'healthy', 'trains'], wishes: { restless: 1.3 } },
  { face: { number: 5, label: 'fringe over the brow, light brows', affected: 'L', skin: 'pale', hair: 'blond', iris: 'green', hairCut: 'long', fringe: 0.98, brow: 'light', age: 0.05 }, fps: 20, scene: { iodPx: 72, noise: 3 }, plans: ['graded', 'healthy'] },
  { face: { number: 6, label: 'deep skin, dim room', affected: 'R', skin: 'deep', hair: 'black', iris: 'dark', age: 0.2, beard: 'stubble' }, fps: 30, scene: { iodPx: 96, noise: 6, dim: true }, plans: ['graded', 'healthy', 'trains'] },
  { face: { number: 7, label: 'thick glasses with glare, grey moustache', affected: 'L', skin: 'light', hair: 'grey', iris: 'hazel', beard: 'moustache', glasses: 'thick', glare: 0.3, age: 0.8, droop: 0.02 }, fps: 30, scene: { iodPx: 74, noise: 3, codec: 1.2 }, plans: ['graded', 'healthy', 'tasks'], wishes: { restless: 1.2 } },
  { face: { number: 8, label: 'brown skin, long hair, contracture', affected: 'R', skin: 'brown', hair: 'dark', iris: 'brown', hairCut: 'long', ptosis: 0.14, droop: -0.025, age: 0.35, makeUp: true }, fps: 60, scene: { iodPx: 70, noise: 3.5 }, plans: ['graded'] },
  { face: { number: 9, label: 'bald, far from the camera', affected: 'R', skin: 'light', hair: 'white', iris: 'blue', hairCut: 'bald', brow: 'light', age: 0.7 }, fps: 30, scene: { iodPx: 46, noise: 3, softness: 0.6 }, plans: ['graded', 'healthy', 'still'], wishes: { restless: 1.2 } },
  { face: { number: 10, label: 'tan skin, close to the camera', affected: 'L', skin: 'tan', hair: 'black', iris: 'brown', age: 0.15 }, fps: 30, scene: { iodPx: 128, noise: 2.5, flicker: 0.04 }, plans: ['graded', 'healthy'] },
  { face: { number: 11, label: 'slow web camera, frugal codec', affected: 'R', skin: 'olive', hair: 'brown', iris: 'hazel', beard: 'stubble', age: 0.4 }, fps: 15, scene: { iodPx: 60, noise: 4, softness: 0.9, codec: 1.6 }, plans: ['graded', 'healthy', 'trains'] },
  { face: { number: 12, label: 'red hair, rimless glasses, smiling at rest', affected: 'L', skin: 'pale', hair: 'red', iris: 'green', hairCut: 'long', glasses: 'rimless', glare: 0.25, restingSmile: 0.05, age: 0.25 }, fps: 24, scene: { iodPx: 80, noise: 3 }, plans: ['graded', 'healthy'], wishes: { restless: 1.5, wander: 1 } },
  { face: { number: 13, label: 'brown skin, white beard, strong side light', affected: 'R', skin: 'brown', hair: 'white', iris: 'dark', beard: 'full', brow: 'thick', age: 0.95, ptosis: 0.1 }, fps: 30, scene: { iodPx: 88, noise: 3, sideLight: true }, plans: ['graded', 'trains', 'tasks'], wishes: { restless: 1.1 } },
  { face: { number: 14, label: 'young, noisy camera', affected: 'L', skin: 'tan', hair: 'dark', iris: 'dark', fringe: 0.8, age: 0.05 }, fps: 30, scene: { iodPx: 64, noise: 8 }, plans: ['graded', 'healthy'], wishes: { restless: 1.4, wander: 0.7 } },
  { face: { number: 15, label: 'light skin, ptosis on the sound side, restless', affected: 'R', skin: 'light', hair: 'brown', iris: 'blue', ptosis: -0.2, age: 0.5, brow: 'thin' }, fps: 30, scene: { iodPx: 82, noise: 4 }, plans: ['graded', 'healthy', 'stairs'], wishes: { restless: 2, uneven: 1.2, wander: 1 } },
  { face: { number: 16, label: 'dark skin, long hair, resting smile', affected: 'L', skin: 'dark', hair: 'dark', iris: 'brown', hairCut: 'long', restingSmile: 0.04, makeUp: true, age: 0.2 }, fps: 50, scene: { iodPx: 76, noise: 3 }, plans: ['graded'] },
  { face: { number: 17, label: 'grey hair, droop, dim room', affected: 'R', skin: 'pale', hair: 'grey', iris: 'grey', age: 0.8, droop: 0.03, ptosis: 0.12 }, fps: 30, scene: { iodPx: 70, noise: 5, dim: true }, plans: ['graded', 'trains'], wishes: { wander: 0.8 } },
  { face: { number: 18, label: 'deep skin, glasses, fringe', affected: 'L', skin: 'deep', hair: 'black', iris: 'dark', glasses: 'thick', glare: 0.1, fringe: 0.7, age: 0.3 }, fps: 30, scene: { iodPx: 86, noise: 3.5 }, plans: ['graded', 'healthy'], wishes: { restless: 1.2 } },
];

const ORDER: readonly (readonly [PlanName, number, number])[] = [
  ['graded', 1, 2], ['healthy', 1, 2], ['graded', 3, 4], ['healthy', 3, 4],
  ['trains', 1, 2], ['graded', 5, 7], ['healthy', 5, 7], ['tasks', 3, 3], ['stairs', 1, 1], ['still', 1, 1],
  ['graded', 9, 12], ['healthy', 9, 12], ['trains', 4, 6], ['tasks', 7, 7], ['graded', 13, 15], ['healthy', 14, 15], ['trains', 11, 13], ['tasks', 13, 13],
  ['stairs', 15, 15], ['still', 9, 9], ['graded', 17, 18], ['healthy', 18, 18], ['trains', 17, 17], ['graded', 8, 8], ['graded', 16, 16], ['demo', 1, 1],
];

/** All clips in the order in which they are drawn: variety first. */
export function clips(): Clip[] {
  const out: Clip[] = [];
  for (const [plan, from, to] of ORDER) {
    for (let number = from; number <= to; number++) {
      const person = PEOPLE[number - 1];
      if (person === undefined || !person.plans.includes(plan)) continue;
      out.push({ name: `face${String(number).padStart(2, '0')}_${plan}_${person.face.affected}_${person.fps}fps`, person: number, plan, fps: person.fps });
    }
  }
  return out;
}

export function prepare(clip: Clip, seed: number): { look: FaceLook; scene: Scene; plan: Plan } {
  const person = PEOPLE[clip.person - 1];
  if (person === undefined) throw new Error(`No person ${clip.person}.`);
  const recipe = person.face;
  // A negative ptosis is meant for the sound side.
  const sound = recipe.ptosis !== undefined && recipe.ptosis < 0;
  const drawn = makeLook(sound ? { ...recipe, ptosis: 0 } : recipe, seed);
  const look = sound ? { ...drawn, ptosis: { ...drawn.ptosis, [recipe.affected === 'L' ? 'R' : 'L']: -(recipe.ptosis ?? 0) } } : drawn;
  return {
    look, scene: makeScene(person.scene, `${recipe.number} ${clip.plan} ${seed}`, (look.skin[0] + look.skin[1] + look.skin[2]) / 3),
    plan: makePlan(clip.plan, recipe.affected, `${recipe.number} ${seed}`, person.wishes),
  };
}
