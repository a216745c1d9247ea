import type { FaceLight } from "./face-landmarker";

/** Light from the RGBA pixels of a picture of a face, `width` pixels wide. */
export function lightOf(rgba: Uint8ClampedArray, width: number): FaceLight {
  let left = 0, right = 0, leftCount = 0, rightCount = 0;
  const pixels = rgba.length / 4;
  for (let i = 0; i < pixels; i++) {
    // Luma of ITU-R BT.709.
    const luma = 0.2126 * rgba[i * 4]! + 0.7152 * rgba[i * 4 + 1]! + 0.0722 * rgba[i * 4 + 2]!; // three channels of every pixel
    if (i % width < width / 2) {
      left += luma;
      leftCount++;
    } else {
      right += luma;
      rightCount++;
    }
  }
  const a = left / Math.max(1, leftCount);
  const b = right / Math.max(1, rightCount);
  const lighter = Math.max(a, b);
  return { mean: (left + right) / Math.max(1, pixels), evenness: lighter > 0 ? Math.min(a, b) / lighter : 1 };
}
