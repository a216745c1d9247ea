/** The few things that are wanted of WebGL 2: programs with named uniforms, meshes and textures. */
export interface Program {
  readonly handle: WebGLProgram;
  readonly uniform: (name: string) => WebGLUniformLocation | null;
}

/** Places of the vertex attributes; all programs share them. */
export const ATTRIBUTE = { position: 0, normal: 1, place: 2, extra: 3 } as const;

export function makeProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const handle = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error("The graphics context is lost.");
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\n${text}`);
    gl.compileShader(shader);
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true && !gl.isContextLost()) throw new Error(gl.getShaderInfoLog(shader) ?? "A shader does not compile.");
    gl.attachShader(handle, shader);
    gl.deleteShader(shader);
  }
  for (const [name, place] of Object.entries(ATTRIBUTE)) gl.bindAttribLocation(handle, place, name);
  gl.linkProgram(handle);
  if (gl.getProgramParameter(handle, gl.LINK_STATUS) !== true && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(handle) ?? "The shaders do not link.");
  const known = new Map<string, WebGLUniformLocation | null>();
  return {
    handle,
    uniform: (name) => {
      if (!known.has(name)) known.set(name, gl.getUniformLocation(handle, name));
      return known.get(name) ?? null;
    },
  };
}

export type Arrays = Partial<Record<keyof typeof ATTRIBUTE, Float32Array>>;
const WIDTH = { position: 3, normal: 3, place: 2, extra: 4 } as const;

/** Triangles on the graphics side; arrays that change are written again with `write`. */
export class GpuMesh {
  private readonly vertexArray: WebGLVertexArrayObject;
  private readonly buffers = new Map<string, WebGLBuffer>();
  private readonly index: WebGLBuffer;
  private count: number;

  constructor(private readonly gl: WebGL2RenderingContext, arrays: Arrays, triangles: Uint16Array) {
    this.vertexArray = gl.createVertexArray();
    this.index = gl.createBuffer();
    this.count = triangles.length;
    gl.bindVertexArray(this.vertexArray);
    for (const [name, values] of Object.entries(arrays) as [keyof typeof ATTRIBUTE, Float32Array][]) {
      const buffer = gl.createBuffer();
      this.buffers.set(name, buffer);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
      gl.enableVertexAttribArray(ATTRIBUTE[name]);
      gl.vertexAttribPointer(ATTRIBUTE[name], WIDTH[name], gl.FLOAT, false, 0, 0);
    }
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
  }

  write(name: keyof typeof ATTRIBUTE, values: Float32Array): void {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.get(name) ?? null);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, values);
  }

  draw(): void {
    const { gl } = this;
    gl.bindVertexArray(this.vertexArray);
    gl.drawElements(gl.TRIANGLES, this.count, gl.UNSIGNED_SHORT, 0);
  }

  free(): void {
    for (const buffer of this.buffers.values()) this.gl.deleteBuffer(buffer);
    this.gl.deleteBuffer(this.index);
    this.gl.deleteVertexArray(this.vertexArray);
  }
}

export interface Pixels { readonly size: number; readonly data: Uint8Array | Uint8ClampedArray }

/** `mips` costs a computer without graphics hardware more than it gives. */
export function makeTexture(gl: WebGL2RenderingContext, pixels: Pixels, repeat: boolean, mips: boolean): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, pixels.size, pixels.size, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength));
  if (mips) gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, mips ? gl.LINEAR_MIPMAP_NEAREST : gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  const wrap = repeat ? gl.REPEAT : gl.CLAMP_TO_EDGE;
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, wrap);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, wrap);
  return texture;
}
