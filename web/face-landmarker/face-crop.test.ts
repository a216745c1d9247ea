import { describe, expect, it } from "vitest";
import { boundsOf, cropAround, FaceCrop } from "./face-crop";

const face = (x: number, y: number, size: number) => ({ left: x - size / 2, right: x + size / 2, top: y - size / 2, bottom: y + size / 2 });

describe("the crop that the tracker sees", () => {
  it("is the whole picture until a face is found, then a square around the face", () => {
    const crop = new FaceCrop();
    expect(crop.next(1280, 720)).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
    expect(crop.found(face(640, 360, 200), 1280, 720)).toBe(true);
    expect(crop.next(1280, 720)).toEqual({ x: 470, y: 190, width: 340, height: 340 });
  });

  it("stays where it is while the face drifts by less than a tenth of its side", () => {
    const crop = new FaceCrop();
    crop.found(face(640, 360, 200), 1280, 720);
    expect(crop.found(face(640 + 33, 360, 200), 1280, 720)).toBe(false);
    expect(crop.next(1280, 720).x).toBe(470);
    expect(crop.found(face(640 + 36, 360, 200), 1280, 720)).toBe(true);
    expect(crop.next(1280, 720).x).toBe(506);
  });

  it("moves when the face comes a quarter nearer or goes away", () => {
    const crop = new FaceCrop();
    crop.found(face(640, 360, 200), 1280, 720);
    expect(crop.found(face(640, 360, 245), 1280, 720)).toBe(false);
    expect(crop.found(face(640, 360, 255), 1280, 720)).toBe(true);
    expect(crop.found(face(640, 360, 190), 1280, 720)).toBe(true);
  });

  it("goes back to the whole picture after three frames without a face, not before", () => {
    const crop = new FaceCrop();
    crop.found(face(640, 360, 200), 1280, 720);
    expect([crop.missed(), crop.missed(), crop.missed(), crop.missed()]).toEqual([false, false, true, false]);
    expect(crop.next(1280, 720).width).toBe(1280);
  });

  it("counts lost frames anew after the face was seen again", () => {
    const crop = new FaceCrop();
    crop.found(face(640, 360, 200), 1280, 720);
    crop.missed();
    crop.missed();
    crop.found(face(640, 360, 200), 1280, 720);
    expect(crop.missed()).toBe(false);
  });

  it("lies inside the picture, whatever the face", () => {
    for (let x = 0; x <= 640; x += 40) {
      for (let size = 10; size <= 700; size += 69) {
        const crop = cropAround(face(x, 100, size), 640, 480);
        expect(crop.x).toBeGreaterThanOrEqual(0);
        expect(crop.y).toBeGreaterThanOrEqual(0);
        expect(crop.x + crop.width).toBeLessThanOrEqual(640);
        expect(crop.y + crop.height).toBeLessThanOrEqual(480);
        expect(crop.width).toBe(crop.height);
      }
    }
  });

  it("finds the bounds of landmarks", () => {
    expect(boundsOf(Float32Array.of(3, 4, 0, -1, 9, 5))).toEqual({ left: -1, top: 4, right: 3, bottom: 9 });
  });
});
