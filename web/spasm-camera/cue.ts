/** How a new prompt is announced besides on the screen. */
export type CueKind = "silent" | "beep" | "spoken";

/** Sounds made on this device. */
export class Cue {
  kind: CueKind = "silent";
  private audio: AudioContext | null = null;

  /** A voice that this device makes itself; others would send the words to another company. */
  static localVoice(): SpeechSynthesisVoice | null {
    if (!("speechSynthesis" in window)) return null;
    const voices = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith("en"));
    return voices.find((voice) => voice.default) ?? voices[0] ?? null;
  }

  announce(words: string): void {
    if (this.kind === "beep") this.beep();
    if (this.kind !== "spoken") return;
    const voice = Cue.localVoice();
    if (voice === null) {
      this.beep();
      return;
    }
    speechSynthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = voice;
    speechSynthesis.speak(utterance);
  }

  stop(): void {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    void this.audio?.close();
    this.audio = null;
  }

  private beep(): void {
    this.audio ??= new AudioContext();
    const [tone, volume] = [this.audio.createOscillator(), this.audio.createGain()];
    const now = this.audio.currentTime;
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.2, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.25);
    tone.connect(volume).connect(this.audio.destination);
    tone.start(now);
    tone.stop(now + 0.25);
  }
}
