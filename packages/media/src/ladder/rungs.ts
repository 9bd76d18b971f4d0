/** How much adaptive bitrate a stream wants: one small variant, or two. */
export const ladderOptions = ['light', 'full'] as const
export type LadderOption = (typeof ladderOptions)[number]

export const isLadderOption = (value: unknown): value is LadderOption =>
  ladderOptions.some(option => option === value)

/** One variant beside the source. */
export type Rung = {
  readonly name: '480p' | '360p'
  readonly width: number
  readonly height: number
  readonly fps: number | undefined
  readonly videoKbps: number
}

type Plan = Pick<Rung, 'name' | 'fps' | 'videoKbps'> & { readonly shortSidePx: number }

/** With sound of 128 kbit/s and the playlists it passes a line of 500 kbit/s. */
const SMALLEST_KBPS = 300

const PLANS: Readonly<Record<LadderOption, readonly Plan[]>> = {
  light: [{ name: '360p', shortSidePx: 360, fps: 15, videoKbps: SMALLEST_KBPS }],
  full: [
    { name: '480p', shortSidePx: 480, fps: undefined, videoKbps: 1_000 },
    { name: '360p', shortSidePx: 360, fps: undefined, videoKbps: SMALLEST_KBPS },
  ],
}

/**
 * What an option costs, in slots. As measured for 720p30, light takes 0.17 and full 0.38 of a core;
 * three slots a core leave the rest to everything else.
 */
export const SLOT_COST: Readonly<Record<LadderOption, number>> = { light: 2, full: 3 }

export const SLOTS_PER_CORE = 3

const even = (px: number): number => Math.max(2, Math.round(px / 2) * 2)

/** The variants of a source, largest first; none that is as large as the source itself. */
export const rungsOf = (
  option: LadderOption,
  { width, height }: { width: number; height: number },
): Rung[] => {
  const shortSidePx = Math.min(width, height)
  return PLANS[option]
    .filter(plan => plan.shortSidePx < shortSidePx)
    .map(plan => {
      const scale = plan.shortSidePx / shortSidePx
      const size = { width: even(width * scale), height: even(height * scale) }
      return { name: plan.name, fps: plan.fps, videoKbps: plan.videoKbps, ...size }
    })
}
