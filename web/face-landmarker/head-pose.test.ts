import { describe, expect, it } from "vitest";
import { headPose } from "./head-pose";
import { MEDIAPIPE_REFINED } from "./mediapipe-refined";

/** Landmarks of the canonical face after a turn, as the camera would see it: x right, y down, z away from the camera. */
function turned(yaw: number, pitch: number, roll: number): Float32Array {
  const xyz = new Float32Array(MEDIAPIPE_REFINED.count * 3);
  const [cy, sy, cp, sp, cr, sr] = [yaw, pitch, roll].flatMap((a) => [Math.cos(a * Math.PI / 180), Math.sin(a * Math.PI / 180)]) as [number, number, number, number, number, number];
  MEDIAPIPE_REFINED.rigid.forEach((index, i) => {
    const [x0, up, near] = MEDIAPIPE_REFINED.rigidCentimetres[i] as [number, number, number];
    // Turning to the patient"s left carries the nose (near > 0) to the viewer"s right (x > 0).
    const x1 = x0 * cy + near * sy, near1 = -x0 * sy + near * cy;
    // Looking up carries the nose up.
    const up1 = up * cp + near1 * sp, near2 = -up * sp + near1 * cp;
    // Leaning to the viewer"s right carries the top to the right.
    const x2 = x1 * cr + up1 * sr, up2 = -x1 * sr + up1 * cr;
    xyz.set([300 + 12 * x2, 250 - 12 * up2, -12 * near2], index * 3);
  });
  return xyz;
}

describe("head pose from the points of the skull", () => {
  it.each([[0, 0, 0], [20, 0, 0], [-20, 0, 0], [0, 15, 0], [0, -15, 0], [0, 0, 10]])("reads yaw %d, pitch %d, roll %d", (yaw, pitch, roll) => {
    const pose = headPose(turned(yaw, pitch, roll));
    expect(pose.yaw).toBeCloseTo(yaw, 4);
    expect(pose.pitch).toBeCloseTo(pitch, 4);
    expect(pose.roll).toBeCloseTo(roll, 4);
  });

  it("reads a turn and a nod together to within two degrees", () => {
    const pose = headPose(turned(15, -10, 5));
    expect(Math.abs(pose.yaw - 15)).toBeLessThan(2);
    expect(Math.abs(pose.pitch + 10)).toBeLessThan(2);
  });
});
