/**
 * The slot for whatever changes the picture. The built-in effects need no model; one that does (a
 * person's outline, a face) is supplied by the operator: see README.md.
 */
export type VideoEffect = {
  /** Sees each frame before it is drawn, to give it to a model. Nobody waits: use the newest answer. */
  readonly look?: (frame: TexImageSource) => void
  /** Draws the picture anew, once per frame. */
  readonly draw: (pass: Pass) => void
  /** Gives back what it holds. */
  readonly free: () => void
}

/** One drawing of one effect. */
export type Pass = {
  readonly widthPx: number
  readonly heightPx: number
  /** How much of it the host wants, 0 … 1. */
  readonly strength: number
  /** Runs a program of this stage over the picture; what it reads as `picture` is the picture so far. */
  readonly paint: (program: Program, values: Values) => void
  /** Runs a program at half the size, for what is costly and needs no sharpness; the picture stays. */
  readonly sketch: (program: Program, values: Values) => WebGLTexture
  /** Lets the next painting read the picture out of focus, by `textureLod`: each level halves it. */
  readonly soften: () => void
}

/** What a shader is told: numbers, vectors, and textures by name. */
export type Values = Readonly<Record<string, number | readonly number[] | WebGLTexture>>

/** A fragment shader that was made ready by `Stage.program`. */
export type Program = { readonly handle: WebGLProgram; readonly select: () => void }

/** Where effects are made: one per running pipeline. */
export type Stage = {
  readonly gl: WebGL2RenderingContext
  /**
   * A program from the body of a fragment shader. It has `in vec2 at` (0 … 1, from the lower left),
   * `uniform sampler2D picture`, `out vec4 colour`, and whatever uniforms it declares itself.
   */
  readonly program: (body: string) => Program
  /** A texture with linear sampling; `source` is put the right way up. */
  readonly texture: (source?: TexImageSource) => WebGLTexture
}

/** When an effect has its turn: first what is behind the person, last what stands above all. */
export const turns = ['backdrop', 'face', 'colour', 'frame', 'overlay'] as const
export type Turn = (typeof turns)[number]

/** An effect that an operator adds at deployment. */
export type SuppliedEffect = {
  readonly id: string
  readonly turn: Turn
  readonly name: Readonly<Record<'zh-CN' | 'en', string>>
  /** Whose model it is and under which terms it is used; shown with the effect. */
  readonly licence: string
  /** Loads its model from our own host. Throws when the device is not up to it. */
  readonly create: (stage: Stage) => Promise<VideoEffect>
}
