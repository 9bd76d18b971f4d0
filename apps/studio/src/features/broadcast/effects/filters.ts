/**
 * How a filter grades colours, each channel by itself: `lift` raises the shadows, `gain` scales the
 * lights, `gamma` bends the middle (above 1 is brighter); then saturation and contrast over all.
 */
export type Grade = {
  readonly lift: Rgb
  readonly gain: Rgb
  readonly gamma: Rgb
  readonly saturation: number
  readonly contrast: number
}
export type Rgb = readonly [red: number, green: number, blue: number]

/** Our own looks, named after what they suit. */
export const filters = {
  /** 晨光: warm and light, for faces by a window. */
  morning: {
    lift: [0.02, 0.01, 0],
    gain: [1.05, 1.01, 0.94],
    gamma: [1.1, 1.07, 1.02],
    saturation: 1.04,
    contrast: 0.98,
  },
  /** 青瓷: cool and clean, for tea, glass and skincare. */
  celadon: {
    lift: [0, 0.012, 0.016],
    gain: [0.96, 1.02, 1.02],
    gamma: [1.02, 1.06, 1.07],
    saturation: 0.94,
    contrast: 1.02,
  },
  /** 白瓷: bright and soft, skin without shine. */
  porcelain: {
    lift: [0.03, 0.03, 0.034],
    gain: [1.02, 1.01, 1.02],
    gamma: [1.16, 1.14, 1.15],
    saturation: 0.9,
    contrast: 0.94,
  },
  /** 朱砂: deep reds, for clothes and feasts. */
  vermilion: {
    lift: [0, -0.008, -0.01],
    gain: [1.08, 0.98, 0.96],
    gamma: [1.04, 0.98, 0.96],
    saturation: 1.2,
    contrast: 1.06,
  },
  /** 秋实: golden and rich, for food. */
  harvest: {
    lift: [0.008, 0, -0.012],
    gain: [1.06, 1.03, 0.9],
    gamma: [1.06, 1.03, 0.96],
    saturation: 1.16,
    contrast: 1.04,
  },
  /** 夜市: blue shadows under warm lights. */
  night: {
    lift: [-0.01, 0.004, 0.03],
    gain: [1.07, 1.0, 0.94],
    gamma: [0.98, 1.0, 1.06],
    saturation: 1.08,
    contrast: 1.08,
  },
  /** 胶片: faded blacks, quiet colours. */
  film: {
    lift: [0.045, 0.04, 0.05],
    gain: [0.98, 0.97, 0.92],
    gamma: [1.03, 1.03, 1.0],
    saturation: 0.82,
    contrast: 0.95,
  },
  /** 水墨: black and white, for calligraphy and craft. */
  ink: {
    lift: [0, 0, 0],
    gain: [1.03, 1.03, 1.03],
    gamma: [1.05, 1.05, 1.05],
    saturation: 0,
    contrast: 1.1,
  },
} as const satisfies Record<string, Grade>

export type FilterId = keyof typeof filters
export const filterIds = Object.keys(filters).filter(isFilter)

export function isFilter(id: unknown): id is FilterId {
  return typeof id === 'string' && Object.hasOwn(filters, id)
}

const luma: Rgb = [0.2126, 0.7152, 0.0722]

/** What the shader does, for one colour of 0 … 1: the samples in the list are drawn with it. */
export function graded(colour: Rgb, grade: Grade, strength: number): Rgb {
  const bent = ([0, 1, 2] as const).map(
    channel =>
      Math.max(0, colour[channel] * grade.gain[channel] + grade.lift[channel]) **
      (1 / grade.gamma[channel]),
  )
  const grey = bent.reduce((sum, value, channel) => sum + value * (luma[channel] ?? 0), 0)
  const finish = (channel: 0 | 1 | 2) => {
    const saturated = grey + ((bent[channel] ?? 0) - grey) * grade.saturation
    const contrasted = (saturated - 0.5) * grade.contrast + 0.5
    const full = Math.min(1, Math.max(0, contrasted))
    return colour[channel] + (full - colour[channel]) * strength
  }
  return [finish(0), finish(1), finish(2)]
}
