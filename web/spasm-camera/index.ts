import "./spasm-camera.css";
import { SpasmCamera } from "./spasm-camera";

customElements.define("spasm-camera", SpasmCamera);
