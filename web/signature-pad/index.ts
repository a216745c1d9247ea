import "./signature-pad.css";
import { Strokes } from "./strokes.ts";

/** A field to sign on with finger, pen or mouse. What is drawn goes with the form around it; whoever cannot draw ticks the typed name instead. */
class SignaturePad extends HTMLElement {
  connectedCallback(): void {
    const strokes = new Strokes();
    const canvas = document.createElement("canvas");
    canvas.className = "signature-field";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "Field to sign on with finger, pen or mouse. With a keyboard, tick the typed name below instead.");
    const sent = document.createElement("input");
    sent.type = "hidden";
    sent.name = "Strokes";
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button-secondary";
    clear.textContent = "Clear the signature";
    const status = document.createElement("p");
    status.className = "note";
    status.setAttribute("role", "status");
    status.textContent = "Sign in the field.";
    this.replaceChildren(canvas, clear, sent, status);

    const draw = () => paint(canvas, strokes);
    const changed = () => {
      sent.value = strokes.toString();
      status.textContent = strokes.isEmpty ? "Sign in the field." : "Signature drawn.";
      draw();
    };
    const place = (event: PointerEvent): [number, number] => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    let pen: number | undefined;
    canvas.addEventListener("pointerdown", (event) => {
      if (pen === undefined && event.isPrimary) {
        pen = event.pointerId;
        canvas.setPointerCapture(pen);
        strokes.begin(...place(event));
        event.preventDefault();
      }
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId === pen) {
        // Between two frames a pen reports several places; all of them make a smooth line.
        for (const step of event.getCoalescedEvents?.() ?? [event]) {
          strokes.add(...place(step));
        }
        draw();
      }
    });
    const end = (event: PointerEvent) => {
      if (event.pointerId === pen) {
        pen = undefined;
        changed();
      }
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    clear.addEventListener("click", () => {
      strokes.clear();
      changed();
    });
    new ResizeObserver(draw).observe(canvas);
  }
}

function paint(canvas: HTMLCanvasElement, strokes: Strokes): void {
  const [width, height] = [canvas.clientWidth * devicePixelRatio, canvas.clientHeight * devicePixelRatio];
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  if (pen === null) {
    return;
  }
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 2.5 * devicePixelRatio;
  pen.lineJoin = pen.lineCap = "round";
  for (const stroke of strokes.all) {
    pen.beginPath();
    for (const [x, y] of stroke) {
      pen.lineTo((x / 1000) * width, (y / 1000) * height);
    }
    pen.stroke();
  }
}

customElements.define("signature-pad", SignaturePad);
