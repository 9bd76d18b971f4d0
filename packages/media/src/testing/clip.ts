import { spawnSync } from 'node:child_process'
import { classify } from '../flv/payload.ts'
import { type FlvTag, readTags } from '../flv/tag.ts'
import { createPacket, type Packet } from '../hub/packet.ts'

export type ClipOptions = {
  readonly seconds: number
  readonly fps?: number
  readonly gopSec?: number
  readonly size?: string
  readonly bFrames?: number
  readonly hasAudio?: boolean
}

const made = new Map<string, Buffer>()

/** A real H.264/AAC film in FLV, made by ffmpeg, once for all tests of a file. */
export const makeClip = (options: ClipOptions): Buffer => {
  const name = JSON.stringify(options)
  const clip = made.get(name) ?? encodeClip(options)
  made.set(name, clip)
  return clip
}

const encodeClip = (options: ClipOptions): Buffer => {
  const { seconds, fps = 30, gopSec = 1, size = '320x180', bFrames = 0, hasAudio = true } = options
  const sound = ['-f', 'lavfi', '-i', 'sine=440:r=44100', '-c:a', 'aac', '-b:a', '64k']
  const { stdout, status } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc=s=${size}:r=${fps}`],
      ...(hasAudio ? sound : []),
      ...['-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
      ...['-g', String(Math.round(fps * gopSec)), '-sc_threshold', '0', '-bf', String(bFrames)],
      ...['-f', 'flv', 'pipe:1'],
    ],
    { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (status !== 0) throw new Error('ffmpeg is needed to make test films')
  return stdout
}

export const makeTags = (options: ClipOptions): FlvTag[] => [...readTags(makeClip(options))]

/** What a hub makes of them, without minding their order or their clock. */
export const makePackets = (options: ClipOptions): Packet[] =>
  makeTags(options).flatMap(({ type, timestampMs, payload }) => {
    const kind = classify(type, payload)
    if (kind === 'ignored' || kind === 'unsupportedVideo' || kind === 'unsupportedAudio') return []
    return [createPacket(kind, { timestampMs, payload })]
  })
