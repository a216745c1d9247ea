/** Where a plan comes from and goes to: a patient's chart, or a practice attempt on a virtual patient. The two never share an address. */
export interface PlanHome {
  readonly planning: `/api/${string}`;
  /** Address that a plan is put to. */
  readonly plan: (id: string) => `/api/${string}`;
  /** Whom the rules are asked about; undefined where they are hidden. */
  readonly review: `/api/${string}` | undefined;
  /** The patient's own outlines; undefined where there is no recording of a person. */
  readonly outline: `/api/${string}` | undefined;
  /** What the last step of the map leads to. */
  readonly onward: string;
}

export function ofPatient(id: string): PlanHome {
  return {
    planning: `/api/patients/${id}/planning`, plan: (plan) => `/api/plans/${plan}`, review: "/api/plans/review", outline: `/api/patients/${id}/face-outline`, onward: "Go on to signing",
  };
}

export function ofAttempt(id: string, rulesHidden: boolean): PlanHome {
  const attempt = `/api/practice/attempts/${id}` as const;
  return {
    planning: `${attempt}/planning`, plan: () => `${attempt}/plan`, review: rulesHidden ? undefined : `${attempt}/review`, outline: undefined, onward: "Go on to injecting",
  };
}
