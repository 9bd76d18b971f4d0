import { spawnSync } from 'node:child_process'
import { createOggReader } from '../audio/ogg.ts'
import { encodeTag, type FlvTag, flvHeader, tagType } from '../flv/tag.ts'

const SECONDS = 20
/** A white picture and a tone for half a second, every two. */
const PICTURE = [
  ...['-f', 'lavfi', '-i', `color=black:s=320x180:r=30:d=${SECONDS}`],
  ...['-vf', "drawbox=c=white:t=fill:enable='lt(mod(t,2),0.5)'", '-pix_fmt', 'yuv420p'],
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '30'],
]
const TONE = [
  ...['-f', 'lavfi', '-i', `aevalsrc='sin(5000*t)*lt(mod(t,2),0.5)':s=48000:d=${SECONDS}`],
]
const LONGEST_BYTES = 64 * 1024 * 1024

const ffmpeg = (args: readonly string[], input?: Buffer) => {
  const options = { maxBuffer: LONGEST_BYTES, ...(input && { input }) }
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-nostats', ...args], options)
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`)
  return { output: stdout, log: stderr.toString() }
}

/** Twenty seconds in which picture and sound begin at the same moments, as FLV with AAC. */
export const makeFlashes = (): Buffer => {
  const [inputs, encoding] = [PICTURE.slice(0, 4), PICTURE.slice(4)]
  return ffmpeg([...inputs, ...TONE, ...encoding, '-c:a', 'aac', '-f', 'flv', 'pipe:1']).output
}

/** Their sound as Opus packets of twenty milliseconds. */
export const makeOpusTones = (): Buffer[] => {
  const packets: Buffer[] = []
  const reader = createOggReader(packet => packets.push(packet))
  reader(ffmpeg([...TONE, '-c:a', 'libopus', '-f', 'ogg', 'pipe:1']).output)
  return packets
}

/**
 * How much later than its picture each tone begins in what a viewer got, ms; negative when it is
 * early. `tags` begin with the headers.
 */
export const soundOffsetsMs = (tags: readonly FlvTag[]): number[] => {
  const wanted = tags.filter(({ type }) => type !== tagType.script)
  const file = Buffer.concat([flvHeader({ audio: true, video: true }), ...wanted.map(encodeTag)])
  const detectors = ['-vf', 'blackdetect=d=0.1', '-af', 'silencedetect=n=-30dB:d=0.1']
  const { log } = ffmpeg(['-f', 'flv', '-i', 'pipe:0', ...detectors, '-f', 'null', '-'], file)
  const momentsOf = (name: string) =>
    [...log.matchAll(new RegExp(`${name}: ?([\\d.]+)`, 'g'))].map(([, sec]) => Number(sec) * 1_000)
  const tones = momentsOf('silence_end')
  // The last black ends where everything ends.
  const flashes = momentsOf('black_end').slice(0, -1)
  return flashes.flatMap(pictureMs => {
    const offsets = tones.map(toneMs => toneMs - pictureMs)
    return offsets.toSorted((a, b) => Math.abs(a) - Math.abs(b)).slice(0, 1)
  })
}
