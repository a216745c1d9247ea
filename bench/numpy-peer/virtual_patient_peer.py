"""The virtual patient's equations as a NumPy user writes them: whole arrays in float64, a loop over needles, a loop over days.

usage: virtual_patient_peer.py FOLDER courses|population|score [tuned|powers]

Reads what Facialis wrote into FOLDER (model.json, NAME.f64), writes its results there as out-NAME.f64, prints its CPU time.
It is given the people, whom Facialis has to make itself. By itself it works as the prototype does that the model was tried with: everybody in one
array, the logistic law of each nerve ending for each day, the fields of all needles for each plan. Arrays lie (ending, person), which is quicker.
tuned:  people in blocks that fit the cache, arrays used again, the field of one unit at each site worked out once and not for each plan.
powers: tuned, and the law rearranged as Facialis has it, (exposure/D50)^h once, times the clock's power for each day.
"""
import json, os, sys, time
os.environ.setdefault('OPENBLAS_NUM_THREADS', '1'); os.environ.setdefault('OMP_NUM_THREADS', '1')
import numpy as np

folder, what, way = sys.argv[1], sys.argv[2], (sys.argv + ['prototype'])[3]
tuned, powers = way != 'prototype', way == 'powers'
np.seterr(over='ignore')  # e to a large power is infinite, and the block then 0
with open(f'{folder}/model.json') as file:
    m = json.load(file)
MUSCLES, Q = m['muscles'], m['endplatesPerMuscle']
BLOCK = 128 if tuned else 1_000_000
PLACES = np.fromfile(f'{folder}/endplates.f64').reshape(Q * MUSCLES, 2)
logistic = lambda x: 1 / (1 + np.exp(-x))


class People:
    """Some people and the needles as they stood in each of them; people are the last axis of every array."""

    def __init__(self, name):
        read = lambda part, *shape: np.ascontiguousarray(np.moveaxis(np.fromfile(f'{folder}/{name}-{part}.f64').reshape(-1, *shape), 0, -1))
        self.d50, self.tau, self.half, self.width, self.ipd, self.frailty = read('person', 6)
        self.weights = read('weights', MUSCLES)
        self.behind = read('behind', 3, 2)
        self.units, self.volume, self.pretarsal = np.fromfile(f'{folder}/{name}-needles.f64').reshape(-1, 3).T.copy()
        self.placed = read('placed', len(self.units), 2)

    def blocks(self):
        for start in range(0, len(self.d50), BLOCK):
            part = object.__new__(People)
            part.__dict__ = {k: v if k in ('units', 'volume', 'pretarsal') else v[..., start:start + BLOCK] for k, v in self.__dict__.items()}
            yield slice(start, start + BLOCK), part


def squared_width(volume):
    return m['sigma0'] ** 2 + m['sigmaVolume'] ** 2 * (volume / 0.1) ** (2 / 3)


def field(people, needle, x, y, through):
    """What one unit of a needle gives to places at x and y, (place, person)."""
    square = squared_width(people.volume[needle]) * people.width ** 2
    height = squared_width(0.1) / square * (m['tarsalBarrier'] if through and people.pretarsal[needle] else 1)
    distance = (x - people.placed[needle, 0]) ** 2 + (y - people.placed[needle, 1]) ** 2
    return height * np.exp(distance * (-people.ipd ** 2 / (2 * square)))


def endings(people, needle):
    return field(people, needle, PLACES[:, 0, None], PLACES[:, 1, None], False)


def structures(people, needle):
    return field(people, needle, people.behind[:, 0], people.behind[:, 1], True)


def clocks(people, days):
    """Logarithm of the level for one unit of exposure and D50, for each day above 0."""
    t = np.asarray(days, float)[:, None]
    ratio = t / people.tau
    return np.log(1 - (1 + ratio) * np.exp(-ratio)) - np.log(2) * t / people.half - np.log(people.d50)


def forces(people, exposure, clock):
    """Residual force of each muscle on each day, (day, muscle, person)."""
    force = np.empty((len(clock), MUSCLES, exposure.shape[1]))
    logs = np.log(np.maximum(exposure, 1e-300))
    if powers:
        own, scale = np.minimum(np.exp(m['hill'] * (logs - np.log(people.d50))), 1e70), np.exp(m['hill'] * (clock + np.log(people.d50)))
    for i, level in enumerate(clock):
        if powers:
            z = own * scale[i]
            z += 1
            np.divide(1, z, out=z)
            force[i] = 1 - m['blockMost'] + m['blockMost'] / Q * z.reshape(Q, MUSCLES, -1).sum(0)
        elif not tuned:
            block = m['blockMost'] / (1 + np.exp(-m['hill'] * (logs + level)))
            force[i] = 1 - block.reshape(Q, MUSCLES, -1).mean(0)
        else:
            z = logs + level
            z *= -m['hill']
            np.exp(z, out=z)
            z += 1
            np.divide(m['blockMost'] / Q, z, out=z)
            force[i] = 1 - z.reshape(Q, MUSCLES, -1).sum(0)
    return force


def improvement(people, force):
    above = np.maximum(0, (force - m['visibleFrom']) / (1 - m['visibleFrom'])) ** m['visibleGamma']
    return 1 - (above * people.weights).sum(1)


def harms(people, behind, force, points=None):
    """Probabilities of ptosis, diplopia, weak mouth; with needle points also of open lids, uneven brow and a bruise, (kind, person)."""
    logs = np.log(np.maximum(behind, 1e-9) / people.d50)
    shift = m['sideEffectFrailty'] * people.frailty
    rising = lambda slope, middle, x: logistic(m[slope] * (x - m[middle]) + shift)
    falling = lambda slope, middle, group: logistic(m[slope] * (m[middle] - force[m[group]].mean(0)) + shift)
    oblique, lateral = rising('diplopiaSlope', 'diplopiaObliqueMiddle', logs[1]), rising('diplopiaSlope', 'diplopiaLateralMiddle', logs[2])
    risk = [rising('ptosisSlope', 'ptosisMiddle', logs[0]), 1 - (1 - oblique) * (1 - lateral), falling('mouthSlope', 'mouthMiddle', 'mouth')]
    if points is not None:
        risk += [
            falling('lagophthalmosSlope', 'lagophthalmosMiddle', 'lids'), falling('browSlope', 'browMiddle', 'brow'),
            np.full(len(people.d50), 1 - (1 - m['bruisePerPoint']) ** points)]
    return np.array(risk)


def exposed(people, of):
    return sum(people.units[s] * of(people, s) for s in range(len(people.units)) if people.units[s] > 0)


def population(name, days):
    """Improvement (day, person) and harms (kind, person) under one plan, forces too for a few."""
    everybody = People(name)
    seen, risk, force = np.zeros((len(days), len(everybody.d50))), np.empty((6, len(everybody.d50))), []
    for at, people in everybody.blocks():
        exposure = exposed(people, endings)
        course = forces(people, exposure, clocks(people, days[1:]))
        seen[1:, at] = improvement(people, course)
        judged = course[days.index(m['judgedDay']) - 1]
        risk[:, at] = harms(people, exposed(people, structures), judged, np.count_nonzero(people.units > 0))
        force.append(course if what == 'courses' else None)
    return seen, risk, force


class Crowd:
    """People on whom plans are compared."""

    def __init__(self, name):
        days = [7 * week for week in range(1, m['weeks'] + 1)] + [m['judgedDay']]
        self.blocks = [(people, clocks(people, days), self.fields(people) if tuned else None) for _, people in People(name).blocks()]
        self.units = self.blocks[0][0].units.copy()

    @staticmethod
    def fields(people):
        needles = range(len(people.units))
        return np.array([endings(people, s) for s in needles]), np.array([structures(people, s) for s in needles])

    def worth(self, units):
        """Utility of a plan for each person."""
        used, worth = np.flatnonzero(units), []
        if not len(used):
            return np.zeros(1)
        for people, clock, fields in self.blocks:
            if tuned:
                exposure, reached = (np.tensordot(units[used], f[used], 1) for f in fields)
            else:
                exposure, reached = (sum(units[s] * of(people, s) for s in used) for of in (endings, structures))
            course = forces(people, exposure, clock)
            seen = improvement(people, course[:-1])
            benefit = 100 * (seen.sum(0) - seen[-1] / 2) / m['weeks']
            risk = harms(people, reached, course[-1])
            worth.append(benefit - m['utilityPtosis'] * risk[0] - m['utilityDiplopia'] * risk[1] - m['utilityMouth'] * risk[2] - m['utilityUnit'] * units.sum())
        return np.concatenate(worth)


def climb(crowd, units, ceilings, close):
    """One needle after the other, a step up, a step down or nothing at all, until no step helps."""
    value, plans, improved = crowd.worth(units).sum(), 1, True
    while improved:
        improved = False
        for s, now in enumerate(units.copy()):
            if now == 0 and (close[s] * units).any():
                continue
            step, plan = m['step'], units.copy()
            doses = [d for d, wanted in ((now + step, now + step <= ceilings[s]), (now - step, now > 0), (0.0, now > step)) if wanted]
            plans += len(doses)
            for plan[s] in doses:
                new = crowd.worth(plan).sum()
                if new > value + 1e-9:
                    value, units[s], improved = new, plan[s], True
    return value, plans


def score():
    """The best permitted plan and what another is worth beside it."""
    crowd = Crowd('sites')
    ceilings, count = np.fromfile(f'{folder}/ceilings.f64'), len(crowd.units)
    close = np.fromfile(f'{folder}/close.f64').reshape(count, count)
    best, most, plans = np.zeros(count), 0.0, 1
    for units in np.fromfile(f'{folder}/beginnings.f64').reshape(-1, count):
        value, looked = climb(crowd, units, ceilings, close)
        plans += looked
        if value > most:
            best, most = units, value
    best_worth, own = crowd.worth(best), Crowd('plan')
    worth = own.worth(own.units)
    chosen = np.fromfile(f'{folder}/resamples.f64').astype(int).reshape(-1, len(worth))
    skills = 100 * worth[chosen].sum(1) / best_worth[chosen].sum(1)
    return best, np.array([100 * worth.sum() / best_worth.sum(), skills.std(ddof=1), best_worth.mean(), worth.mean(), plans])


DAYS = list(range(0, 7 * m['weeks'] + 1))
started = time.process_time()
if what == 'score':
    results = dict(zip(('best', 'score'), score()))
elif what == 'population':
    seen, risk, _ = population('crowd', DAYS)
    # As means and scatter are asked for, they are part of the work.
    totals = np.concatenate([seen.mean(1), seen.std(1), risk.mean(1), [(seen.max(0) >= 0.5).mean()]])
    results = dict(seen=seen, risk=risk, totals=totals)
else:
    seen, risk, force = population('courses', DAYS[::7])
    results = dict(block=1 - np.concatenate(force, axis=2), severity=1 - seen)
spent = time.process_time() - started
for name, values in results.items():
    np.ascontiguousarray(values, float).tofile(f'{folder}/out-{name}.f64')
print(f'cpu_ms {1e3 * spent:.3f}')
