/** One line of a multivariant playlist. */
export type Variant = {
  readonly name: string
  readonly url: string
  /** Peak, sound included, bits a second. */
  readonly bandwidthBps: number
  readonly width: number
  readonly height: number
  /** RFC 6381 names; empty while unknown. */
  readonly codecs: string
}

/**
 * Writes a multivariant playlist (RFC 8216bis §4.4.6), the source first. It tells no frame rates:
 * what a source sends in its first second misleads players, who keep to it for the whole show.
 */
export const renderMaster = (variants: readonly Variant[]): string => {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...variants.flatMap(variant => [`#EXT-X-STREAM-INF:${attributesOf(variant)}`, variant.url]),
  ]
  return `${lines.join('\n')}\n`
}

const attributesOf = ({ name, bandwidthBps, width, height, codecs }: Variant): string =>
  [
    `BANDWIDTH=${Math.round(bandwidthBps)}`,
    `RESOLUTION=${width}x${height}`,
    ...(codecs ? [`CODECS="${codecs}"`] : []),
    `NAME="${name}"`,
  ].join(',')
