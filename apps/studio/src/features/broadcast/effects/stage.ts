import type { Program, Stage, Values } from './port.ts'

/** A triangle that covers the whole picture; `at` runs from 0 to 1, from the lower left. */
const vertexShader = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  at = corner;
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`

const fragmentHead = `#version 300 es
precision highp float;
in vec2 at;
uniform sampler2D picture;
out vec4 colour;
`

/** Why the picture cannot be changed here: no WebGL 2, or it was lost. */
export class StageError extends Error {}

export function createStage(gl: WebGL2RenderingContext): Stage {
  return {
    gl,
    program(body) {
      const handle = gl.createProgram()
      gl.attachShader(handle, shader(gl, { kind: gl.VERTEX_SHADER, text: vertexShader }))
      gl.attachShader(handle, shader(gl, { kind: gl.FRAGMENT_SHADER, text: fragmentHead + body }))
      gl.linkProgram(handle)
      if (!gl.getProgramParameter(handle, gl.LINK_STATUS)) {
        throw new StageError(gl.getProgramInfoLog(handle) ?? 'a program does not link')
      }
      return { handle, select: gl.useProgram.bind(gl, handle) }
    },
    texture(source) {
      const texture = gl.createTexture()
      gl.bindTexture(gl.TEXTURE_2D, texture)
      for (const [name, value] of [
        [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_MIN_FILTER, gl.LINEAR],
        [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
      ] as const) {
        gl.texParameteri(gl.TEXTURE_2D, name, value)
      }
      if (source) upload(gl, texture, source)
      return texture
    },
  }
}

/** Puts a frame into a texture, the right way up. */
export function upload(
  gl: WebGL2RenderingContext,
  texture: WebGLTexture,
  source: TexImageSource,
): void {
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source)
}

function shader(
  gl: WebGL2RenderingContext,
  { kind, text }: { kind: GLenum; text: string },
): WebGLShader {
  const made = gl.createShader(kind)
  if (!made) throw new StageError('the graphics context is lost')
  gl.shaderSource(made, text)
  gl.compileShader(made)
  if (!gl.getShaderParameter(made, gl.COMPILE_STATUS)) {
    throw new StageError(gl.getShaderInfoLog(made) ?? 'a shader does not compile')
  }
  return made
}

type Painting = { program: Program; picture: WebGLTexture; values: Values }

/** Runs a program over `picture` into whatever framebuffer is bound. */
export function paintOver(
  gl: WebGL2RenderingContext,
  { program: { handle, select }, picture, values }: Painting,
): void {
  select()
  let unit = 0
  const tell = (name: string, value: Values[string]) => {
    const place = gl.getUniformLocation(handle, name)
    if (typeof value === 'number') gl.uniform1f(place, value)
    else if (!isNumbers(value)) {
      gl.activeTexture(gl.TEXTURE0 + unit)
      gl.bindTexture(gl.TEXTURE_2D, value)
      gl.uniform1i(place, unit++)
    } else if (value.length === 2) gl.uniform2fv(place, [...value])
    else if (value.length === 3) gl.uniform3fv(place, [...value])
    else gl.uniform4fv(place, [...value])
  }
  tell('picture', picture)
  for (const [name, value] of Object.entries(values)) tell(name, value)
  gl.drawArrays(gl.TRIANGLES, 0, 3)
  gl.activeTexture(gl.TEXTURE0)
}

const isNumbers = (value: readonly number[] | WebGLTexture): value is readonly number[] =>
  Array.isArray(value)
