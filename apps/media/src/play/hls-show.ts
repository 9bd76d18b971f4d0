import type { PacketConsumer } from '@kaibo/media/hub/packet'
import type { Rung } from '@kaibo/media/ladder/rungs'
import { createLlHlsChannel, type LlHlsChannel } from '@kaibo/media/llhls/channel'
import { renderMaster, type Variant } from '@kaibo/media/llhls/master'
import type { LlHlsOrigin } from '@kaibo/media/llhls/origin'
import { renderReport } from '@kaibo/media/llhls/playlist'
import { createVariantChannel } from '@kaibo/media/llhls/variant'

/** Everything of one stream that HLS players fetch: the source and its smaller variants. */
export type HlsShow = {
  readonly source: LlHlsChannel
  /** Begins a variant, or begins it anew; returns what it is fed by. */
  openRung(rung: Rung): PacketConsumer
  closeRungs(): void
  /**
   * `source` or a variant by its name, whose former encoder counts until the new one has segments.
   * Undefined for a variant that is gone: players turn to another one.
   */
  findOrigin(name: string): LlHlsOrigin | undefined
  /** What ends the low-latency playlist of `name`: how far the others are. Addresses carry `query`. */
  reports(name: string, query: string): string
  /** By the unguessable folder of its files. */
  findFolder(folder: string): LlHlsOrigin | undefined
  /** The multivariant playlist; addresses carry `query`. */
  master(facts: SourceFacts): string
}

type SourceFacts = { query: string; bitrateBps: number }

type Step = {
  readonly rung: Rung
  readonly channel: LlHlsChannel
  /** Of the encoder before. */
  readonly former: LlHlsOrigin | undefined
}

const SOUND_KBPS_MAX = 160
/** A second of x264 may be this much above its mean. */
const PEAK = 1.2
/** Before the first whole second nothing is known of the source. */
const SOURCE_BPS_UNKNOWN = 2_500_000

export const createHlsShow = (): HlsShow => {
  const source = createLlHlsChannel()
  let steps = new Map<string, Step>()
  const sourceVariant = (facts: SourceFacts): Variant => {
    const smallerBps = [...steps.values()].map(({ rung }) => bandwidthOf(rung))
    const ownBps = facts.bitrateBps || SOURCE_BPS_UNKNOWN
    return {
      name: 'source',
      url: addressOf('source', facts.query),
      bandwidthBps: Math.max(ownBps * PEAK, ...smallerBps.map(bps => bps + 1)),
      ...source.packager.size,
      codecs: source.packager.codec,
    }
  }

  const findOrigin = (name: string) =>
    name === 'source' ? source.origin : newestOf(steps.get(name))

  return {
    source,
    openRung(rung) {
      const former = newestOf(steps.get(rung.name))
      const channel = createVariantChannel(source.origin, former)
      steps = new Map([...steps, [rung.name, { rung, channel, former }]])
      return channel.packager
    },
    closeRungs() {
      steps = new Map()
    },
    findOrigin,
    reports: (name, query) =>
      ['source', ...steps.keys()]
        .map(other => {
          const newest = other === name ? undefined : findOrigin(other)?.newestPart
          return newest ? renderReport(addressOf(other, query), newest) : ''
        })
        .join(''),
    findFolder: folder =>
      [
        source.origin,
        ...[...steps.values()].flatMap(step => [step.channel.origin, step.former]),
      ].find(origin => origin?.folder === folder),
    master: facts =>
      renderMaster([
        sourceVariant(facts),
        ...[...steps.values()].map(({ rung, channel }) => ({
          ...{ name: rung.name, width: rung.width, height: rung.height },
          url: addressOf(rung.name, facts.query),
          bandwidthBps: bandwidthOf(rung),
          // Players change between variants of one kind only: until it is known it is the source's.
          codecs: channel.packager.codec || source.packager.codec,
        })),
      ]),
  }
}

/** The same wherever it is told: players compare. */
const addressOf = (name: string, query: string): string => `${name}.m3u8?${query}`

/** The origin that players are told of. */
const newestOf = (step: Step | undefined): LlHlsOrigin | undefined =>
  step?.channel.origin.isPlayable ? step.channel.origin : (step?.former ?? step?.channel.origin)

const bandwidthOf = ({ videoKbps }: Rung): number => (videoKbps * PEAK + SOUND_KBPS_MAX) * 1_000
