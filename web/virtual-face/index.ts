import "./virtual-face.css";
import { VirtualFace } from "./virtual-face.ts";

customElements.define("virtual-face", VirtualFace);
