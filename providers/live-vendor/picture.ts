import { Readable } from 'node:stream'
import { decodePicture, hasFfmpeg } from '@kaibo/media/snapshot'

const timeoutMs = 8_000

/**
 * A JPEG of the picture with which an HTTP-FLV address begins: servers start viewers at their newest
 * key frame. Null without ffmpeg on this machine, or without a picture within some seconds.
 */
export async function pictureOf(flvUrl: string): Promise<Uint8Array | null> {
  if (!(await hasFfmpeg())) return null
  const response = await fetch(flvUrl, {
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null)
  if (!response?.ok || !response.body) return null
  return (await decodePicture(Readable.from(response.body))) ?? null
}
