import type { Quality } from './sources.ts'

type Size = { width: number; height: number }

const shortSide = ({ width, height }: Size): number => Math.min(width, height)

/**
 * The level that suits a wish, of levels with growing bitrates: −1 lets the player choose. A wish
 * for less than there is gets the smallest.
 */
export function levelFor(quality: Quality, levels: readonly Size[]): number {
  if (quality === 'auto') return -1
  if (quality === 'source') return levels.length - 1
  const fitting = levels.findLastIndex(level => shortSide(level) <= quality)
  return Math.max(0, fitting)
}

/**
 * What a viewer can choose from, by the master playlist of a stream: nothing where it has one
 * picture only.
 */
export function qualitiesOf(masterPlaylist: string): Quality[] {
  const sides = [...masterPlaylist.matchAll(/^#EXT-X-STREAM-INF:.*RESOLUTION=(\d+)x(\d+)/gm)]
    .map(([, width, height]) => shortSide({ width: Number(width), height: Number(height) }))
    .sort((some, other) => other - some)
  const smaller = [...new Set(sides.slice(1))]
  return smaller.length > 0 ? ['auto', 'source', ...smaller] : []
}
