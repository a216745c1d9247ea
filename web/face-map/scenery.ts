import { curvePath, linePath } from "./curves.ts";
import { svg } from "./dom.ts";
import { projected, standard, type Outline, type Projection } from "./grid.ts";
import type { FaceMapData, Zone } from "./model.ts";

export interface Scenery {
  /** The whole drawing in face coordinates; the stage moves and scales it. */
  readonly group: SVGGElement;
  show(layer: Layer, visible: boolean): void;
}

export type Layer = "muscles" | "zones" | "sites";

/** Draws both halves: of the standard face, or of the patient's own outlines with muscles, zones and sites laid on them. */
export function scenery(data: FaceMapData, projection: Projection = standard, own: readonly Outline[] = []): Scenery {
  const layers: Record<Layer, SVGGElement> = {
    muscles: svg("g", { class: "fm-muscles" }),
    zones: svg("g", { class: "fm-zones" }),
    sites: svg("g", { class: "fm-sites" }),
  };
  const drawing = svg("g", { class: "fm-drawing" });
  for (const outline of own) drawing.append(svg("path", { class: `fm-own fm-own-${kind(outline.name)}`, d: linePath(outline.points, outline.closed) }));
  for (const mirrored of [false, true]) {
    const put = (numbers: readonly number[]): number[] => projected(numbers, projection, mirrored);
    if (own.length === 0) drawing.append(...data.strokes.map((stroke) => svg("path", { class: `fm-${stroke.role}`, d: curvePath(put(stroke.curve), stroke.closed) })));
    layers.muscles.append(...data.muscles.map((muscle) => svg("path", { class: "fm-muscle", "data-muscle": muscle.id, d: curvePath(put(muscle.curve), true) })));
    layers.zones.append(...data.zones.flatMap((zone) => zone.areas.map((area) => svg("path", { class: zoneClass(zone), "data-zone": zone.id, d: linePath(put(area), true) }))));
    layers.sites.append(...data.sites.map((site) => {
      const [cx, cy] = put([site.lateral, site.down]);
      return svg("circle", { class: "fm-site", "data-site": site.id, cx, cy, r: 0.018 });
    }));
  }
  const group = svg("g", {}, drawing, layers.muscles, layers.zones, layers.sites);
  return {
    group,
    show: (layer, visible) => layers[layer].classList.toggle("fm-off", !visible),
  };
}

function kind(name: string): string {
  return name.replace(/^(right|left)/, "").toLowerCase();
}

/** Zones that are about the size of a dose, both sides or a bruise, not about keeping out: drawn more softly. */
const SOFT = new Set(["AZ-ZYG", "AZ-LIP", "AZ-MIDLINE", "AZ-VESSEL"]);

function zoneClass(zone: Zone): string {
  return zone.from !== "superficial" ? "fm-zone fm-zone-deep" : SOFT.has(zone.id) ? "fm-zone fm-zone-soft" : "fm-zone";
}

/** The hatching of avoid zones: as wide on the screen at any zoom. */
export class Hatching {
  readonly #pattern = svg("pattern", { id: "fm-hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse" }, svg("path", { class: "fm-hatch-line", d: "M0 0V7" }));
  readonly defs = svg("defs", {}, this.#pattern);

  /** @param scale Pixels per IPD. */
  scale(scale: number): void {
    this.#pattern.setAttribute("patternTransform", `rotate(45) scale(${1 / scale})`);
  }
}
