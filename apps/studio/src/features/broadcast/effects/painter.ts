import type { Frame } from './frames.ts'
import type { Program, Stage, Values } from './port.ts'
import { paintOver, upload } from './stage.ts'

const copyBody = `
void main() {
  colour = texture(picture, at);
}`

/** Twice as small to each side: a quarter of the work. */
const roughPart = 0.5

/** Two pictures in turn: each painting reads one and fills the other, the last is shown. */
export function createPainter(stage: Stage) {
  const { gl } = stage
  const copy = stage.program(copyBody)
  const arrived = stage.texture()
  const sides = [createSide(stage), createSide(stage)] as const
  const rough = createSide(stage)
  let picture = arrived
  let turn: 0 | 1 = 0
  let softened: WebGLTexture | null = null
  /** A picture with levels of an older size would not be drawn at all. */
  const sharpen = () => {
    if (!softened) return
    gl.bindTexture(gl.TEXTURE_2D, softened)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    softened = null
  }
  const paintOn = (
    side: Side | null,
    { program, values }: { program: Program; values: Values },
  ) => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, side?.buffer ?? null)
    gl.viewport(0, 0, side?.widthPx() ?? gl.canvas.width, side?.heightPx() ?? gl.canvas.height)
    paintOver(gl, { program, picture, values })
  }
  return {
    /** Takes a frame in, to be drawn at `scale` of its size; answers with that size. */
    begin({ image, ...of }: Frame, scale: number): { widthPx: number; heightPx: number } {
      // Encoders want even sides.
      const even = (sidePx: number) => Math.max(2, 2 * Math.round((sidePx * scale) / 2))
      const size = { widthPx: even(of.widthPx), heightPx: even(of.heightPx) }
      if (gl.canvas.width !== size.widthPx || gl.canvas.height !== size.heightPx) {
        gl.canvas.width = size.widthPx
        gl.canvas.height = size.heightPx
        for (const side of sides) side.resize(size.widthPx, size.heightPx)
        rough.resize(Math.ceil(size.widthPx * roughPart), Math.ceil(size.heightPx * roughPart))
      }
      upload(gl, arrived, image)
      picture = arrived
      return size
    },
    brushes: {
      paint(program: Program, values: Values) {
        const side = sides[turn]
        paintOn(side, { program, values })
        sharpen()
        picture = side.texture
        turn = turn === 0 ? 1 : 0
      },
      sketch(program: Program, values: Values) {
        paintOn(rough, { program, values })
        return rough.texture
      },
      soften() {
        softened = picture
        gl.bindTexture(gl.TEXTURE_2D, picture)
        gl.generateMipmap(gl.TEXTURE_2D)
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
      },
    },
    show: () => paintOn(null, { program: copy, values: {} }),
  }
}

type Side = ReturnType<typeof createSide>

function createSide(stage: Stage) {
  const { gl } = stage
  const texture = stage.texture()
  const buffer = gl.createFramebuffer()
  let size: readonly [widthPx: number, heightPx: number] = [0, 0]
  return {
    texture,
    buffer,
    widthPx: () => size[0],
    heightPx: () => size[1],
    resize(widthPx: number, heightPx: number) {
      size = [widthPx, heightPx]
      gl.bindTexture(gl.TEXTURE_2D, texture)
      const place = [...size, 0] as const
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, ...place, gl.RGBA, gl.UNSIGNED_BYTE, null)
      gl.bindFramebuffer(gl.FRAMEBUFFER, buffer)
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
    },
  }
}
