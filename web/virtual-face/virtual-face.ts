import type { Muscle } from "../face-map/model.ts";
import { advance, step, type Playback } from "../event-face/playback.ts";
import { Actor } from "./actor.ts";
import { paintAreas } from "./areas.ts";
import { bruiseField } from "./bruises.ts";
import { activitiesNear, extremeTime } from "./moments.ts";
import { describe } from "./describe.ts";
import { Track, type FaceFrames } from "./face/track.ts";
import { loadFrames } from "./load.ts";
import { makeLook, readWishes } from "./look.ts";
import { Panel } from "./panel.ts";
import { QUALITIES } from "./quality.ts";
import { framed, Stage } from "./stage.ts";
import { regionStrength, stateAt, UNTREATED, type FaceState, type SideWord, type Strength, type WeekState } from "./state.ts";
import { TASK_WORDS, taskStrokes, type Task } from "./tasks.ts";

const IDLE_GAP = 0.03;
/** Words follow a dragged slider only when it rests. */
const WORDS_AFTER = 500;

/**
 * `<virtual-face src="…facerec" side="left" seed="7" age="56" sex="female" skin-tone="4">`: a face of nobody that moves as
 * a recording says. Without `src` or `frames` it is at rest and blinks. `quiet` leaves the buttons out.
 */
export class VirtualFace extends HTMLElement {
  static readonly observedAttributes = ["src", "seed", "age", "sex", "skin-tone", "side"];
  private readonly stage = new Stage(() => this.draw());
  private readonly panel = new Panel({
    toggle: () => (this.playing ? this.pause() : this.play()), step: (frames) => this.step(frames), speed: (speed) => { this.speed = speed; }, seek: (seconds) => this.seek(seconds),
    rest: () => this.showRest(), peak: () => this.showPeak(), task: (task) => this.play(task), week: (week) => { this.week = week; }, areas: (shown) => this.showAreas(shown),
  });
  private readonly label = framed(this.stage.canvas);
  private loading = new AbortController();
  private track: Track | null = null;
  private actor: Actor | null = null;
  private playback: Playback = { position: 0, playing: false, speed: 1 };
  private task: { name: Task; strokes: ReturnType<typeof taskStrokes>["strokes"]; seconds: number; length: number } | null = null;
  private direct: FaceState = UNTREATED;
  private weekStates: readonly WeekState[] = [];
  private weekNumber = 0;
  private muscleList: readonly Muscle[] = [];
  private lastTurn: number | null = null;
  private drawnAt = -1;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private unstarted = true;

  connectedCallback(): void {
    if (this.unstarted) this.build();
    this.wear();
    if (this.track === null) void this.load();
    else this.begin();
    if (this.weekStates.length === 0) void this.loadWeeks();
  }

  disconnectedCallback(): void {
    this.loading.abort();
    this.playback = { ...this.playback, playing: false };
    clearTimeout(this.settling);
    this.stage.close();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected || this.unstarted) return;
    if (name === "src") void this.load();
    else if (name === "side") this.settle();
    else this.wear();
  }

  /** Landmarks over time; null goes back to a face at rest. */
  set frames(frames: FaceFrames | null) {
    this.loading.abort();
    this.takeFrames(frames);
  }

  /** State per week after the injection; the slider appears with it. */
  set weeks(weeks: readonly WeekState[]) {
    this.weekStates = weeks;
    this.restate();
  }
  get weeks(): readonly WeekState[] { return this.weekStates; }

  set week(week: number) {
    const next = Math.min(16, Math.max(0, week));
    if (next === this.weekNumber) return;
    this.weekNumber = next;
    this.restate();
    this.dispatchEvent(new CustomEvent("week", { detail: { week: next, state: this.state }, bubbles: true }));
  }
  get week(): number { return this.weekNumber; }

  /** What a treatment did, where no weeks are given; parts that are left out are as before treatment. */
  set state(state: Partial<FaceState>) {
    this.direct = { ...UNTREATED, ...state };
    this.restate();
  }
  get state(): FaceState { return this.weekStates.length > 0 ? stateAt(this.weekStates, this.weekNumber) : this.direct; }

  /** The muscles of the face map, for the areas that may be switched on. */
  set muscles(muscles: readonly Muscle[]) {
    this.muscleList = muscles;
    this.showAreas(false);
  }

  set speed(speed: number) { this.set({ speed: [0.25, 0.5, 1].includes(speed) ? speed : 1 }); }
  get speed(): number { return this.playback.speed; }
  get playing(): boolean { return this.playback.playing; }
  get position(): number { return this.playback.position; }
  get duration(): number { return this.track?.times.at(-1) ?? 0; }
  get description(): string { return this.panel.words.textContent; }
  /** 0 is full quality; it sinks by itself where the face could not keep up. */
  set quality(level: number) {
    const next = Math.min(QUALITIES.length - 1, Math.max(0, Math.round(level)));
    this.stage.setLevel(next);
    this.showQuality();
    this.draw();
  }
  get quality(): number { return this.stage.governor.level; }
  /** The picture, for a page that films or prints it; read it in the turn of `seek`. */
  get canvas(): HTMLCanvasElement { return this.stage.canvas; }

  private get side(): SideWord { return this.getAttribute("side") === "left" ? "left" : "right"; }

  /**
   * Plays the recording, or asks for a task. `strengths` are those of each side, per region or per muscle; without them
   * the week's hold on the affected side.
   */
  play(task?: Task, strengths?: Partial<Record<SideWord, Readonly<Record<string, number>>>>): void {
    if (task !== undefined) {
      const own = (side: SideWord): Strength => (strengths?.[side] !== undefined ? regionStrength(strengths[side]) : side === this.side ? this.state.strength : {});
      const made = taskStrokes(task, { R: own("right"), L: own("left") });
      this.task = task === "rest" ? null : { name: task, strokes: made.strokes, seconds: 0, length: made.seconds };
      if (this.task !== null) {
        this.dispatchEvent(new CustomEvent("task", { detail: { task, state: "start" }, bubbles: true }));
        this.settle();
      }
    }
    this.set({ playing: true });
  }

  pause(): void {
    this.set({ playing: false });
    this.settle();
  }

  seek(seconds: number): void {
    this.set({ position: Math.min(this.duration, Math.max(this.track?.times[0] ?? 0, seconds)), playing: false });
    this.settle();
  }

  step(frames: 1 | -1): void {
    if (this.track === null) return;
    this.set(step(this.playback, frames, this.track.times));
    this.settle();
  }

  showRest(): void { this.seek(extremeTime(this.track, this.side, false)); }
  showPeak(): void { this.seek(extremeTime(this.track, this.side, true)); }

  showAreas(shown: boolean): void {
    this.stage.setAreas(shown && this.muscleList.length > 0 ? paintAreas(this.muscleList) : null);
    this.panel.showAreas(this.muscleList, shown && this.muscleList.length > 0);
    this.draw();
  }

  private build(): void {
    this.unstarted = false;
    const figure = document.createElement("figure");
    figure.className = "virtual-face-figure";
    this.label.addEventListener("keydown", (event) => this.key(event));
    figure.append(this.label, this.panel.words);
    this.replaceChildren(figure, ...(this.hasAttribute("quiet") ? [] : [this.panel.root]));
    this.panel.showRecording(this.track === null ? null : this.duration);
    this.panel.showWeek(0, this.weekStates.length > 0);
    if (!this.stage.works) this.panel.note.textContent = "This browser cannot draw with WebGL 2, so the face is in words only. Turn on hardware acceleration in the browser’s settings.";
    else this.showQuality();
    this.set({ playing: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  private key(event: KeyboardEvent): void {
    const act: Record<string, () => void> = {
      " ": () => (this.playing ? this.pause() : this.play()), ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1),
      Home: () => this.seek(0), End: () => this.seek(this.duration),
    };
    const does = act[event.key];
    if (does === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    does();
  }

  private async load(): Promise<void> {
    this.loading.abort();
    const address = this.getAttribute("src");
    if (address === null || address === "") return;
    this.loading = new AbortController();
    const { signal } = this.loading;
    try {
      const frames = await loadFrames(address, signal);
      if (!signal.aborted) this.takeFrames(frames);
    } catch (failure) {
      if (!signal.aborted) this.panel.note.textContent = `The recording could not be shown. ${failure instanceof Error ? failure.message : String(failure)}`;
    }
  }

  /** The weeks at the address that the page gives, `data-weeks`. */
  private async loadWeeks(): Promise<void> {
    const address = this.dataset["weeks"];
    if (address === undefined || address === "") return;
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      this.weeks = (await response.json()) as WeekState[];
    } catch (failure) {
      this.panel.note.textContent = `The weeks could not be shown; the table has them. ${failure instanceof Error ? failure.message : String(failure)}`;
    }
  }

  private takeFrames(frames: FaceFrames | null): void {
    this.track = frames === null ? null : new Track(frames);
    this.panel.showRecording(this.track === null ? null : this.duration);
    this.playback = { ...this.playback, position: this.track?.times[0] ?? 0 };
    if (this.unstarted) return;
    this.wear();
    this.begin();
  }

  private begin(): void {
    // Those who asked for less motion see the peak first, and the face at rest by a button.
    if (this.track !== null && !this.playing) this.showPeak();
    this.dispatchEvent(new CustomEvent("ready", { detail: { duration: this.duration }, bubbles: true }));
  }

  private wear(): void {
    const look = makeLook(readWishes(this));
    this.actor = new Actor(look, this.track);
    this.stage.wear(look, this.actor.rest);
    this.restate();
  }

  private restate(): void {
    const { tint, depth } = bruiseField(this.state.bruises);
    this.stage.setBruise(tint, depth);
    this.panel.showWeek(this.weekNumber, this.weekStates.length > 0);
    this.draw();
    this.settle();
  }

  private set(change: Partial<Playback>): void {
    const was = this.playback.playing;
    this.playback = { ...this.playback, ...change };
    this.draw();
    if (this.playback.playing && !was && !this.unstarted) {
      this.lastTurn = null;
      this.stage.governor.restart();
      requestAnimationFrame((now) => this.turn(now));
    }
  }

  private turn(now: number): void {
    if (!this.playback.playing || !this.isConnected) return;
    const elapsed = this.lastTurn === null ? 0 : Math.min(0.25, (now - this.lastTurn) / 1000);
    this.lastTurn = now;
    if (this.stage.governor.turned(now)) {
      this.stage.setLevel(this.stage.governor.level);
      this.showQuality();
      this.dispatchEvent(new CustomEvent("quality", { detail: { level: this.quality, words: QUALITIES[this.quality]!.words }, bubbles: true }));
    }
    const before = this.playback.position;
    this.playback = this.track === null ? { ...this.playback, position: before + elapsed * this.speed } : advance(this.playback, elapsed, this.track.times);
    if (this.task !== null) {
      this.task.seconds += elapsed * this.speed;
      if (this.task.seconds > this.task.length) {
        const { name } = this.task;
        this.task = null;
        this.dispatchEvent(new CustomEvent("task", { detail: { task: name, state: "end" }, bubbles: true }));
        this.settle();
      }
    }
    // Thirty pictures a second are enough for all that the muscles do.
    if (now / 1000 - this.drawnAt >= IDLE_GAP) this.draw(now);
    requestAnimationFrame((next) => this.turn(next));
  }

  private draw(now = performance.now()): void {
    if (this.actor === null || this.unstarted) return;
    this.drawnAt = now / 1000;
    const moment = this.actor.at(this.position, {
      side: this.side, state: this.state, task: this.task, between: this.speed < 1 && this.playing,
      lively: this.track !== null || this.playing,
    });
    this.stage.show(moment, this.drawnAt);
    this.panel.showTime(this.position, this.playing, this.speed);
  }

  /** Says when the face is drawn more simply than it could be. */
  private showQuality(): void {
    if (!this.stage.works) return;
    const { words } = QUALITIES[this.quality]!; // a level is one of the list
    this.panel.note.textContent = this.quality === 0 ? "" : words;
  }

  /** Renews the words once things have come to rest. */
  private settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const words = this.words();
      if (words !== this.description) this.panel.words.textContent = words;
    }, WORDS_AFTER);
  }

  private words(): string {
    const activities = activitiesNear(this.track, this.playing ? null : this.position, this.side, this.state.severity);
    return describe(activities, this.side, this.state, this.task === null ? null : TASK_WORDS[this.task.name]);
  }
}
