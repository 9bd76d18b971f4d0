import { fail } from '@kaibo/contract/core/fail'
import { pictureBytesMax, videoBytesMax } from '@kaibo/contract/people/files'
import { isCameraTrailer, readJpeg } from './jpeg.ts'
import { readPng } from './png.ts'
import { isMp4, isWebm } from './video.ts'
import { readWebp } from './webp.ts'

/** A decoded picture takes four bytes per pixel: 40 megapixels is what a phone survives. */
export const picturePixelsMax = 40_000_000

const kinds = [
  { contentType: 'image/jpeg', extension: 'jpg', read: readJpeg, mayTrail: isCameraTrailer },
  { contentType: 'image/png', extension: 'png', read: readPng, mayTrail: () => false },
  { contentType: 'image/webp', extension: 'webp', read: readWebp, mayTrail: () => false },
] as const

export type Picture = {
  contentType: (typeof kinds)[number]['contentType']
  /** The picture alone: a camera's trailer is cut off, so nothing rides along. */
  bytes: Uint8Array
  widthPx: number
  heightPx: number
}

/**
 * Judges an upload by its bytes alone; names and declared types are ignored. Throws
 * `request.too_large`, `file.not_a_picture` (another kind, cut short, or something else appended)
 * or `file.too_many_pixels`.
 */
export function decidePicture(upload: Uint8Array): Picture {
  if (upload.byteLength > pictureBytesMax) {
    throw fail('request.too_large', { bytesMax: pictureBytesMax })
  }
  const bytes = Buffer.from(upload.buffer, upload.byteOffset, upload.byteLength)
  for (const { contentType, read, mayTrail } of kinds) {
    const extent = read(bytes)
    if (!extent) continue
    const { widthPx, heightPx, endAt } = extent
    const rest = bytes.subarray(endAt)
    if (widthPx === 0 || heightPx === 0 || (rest.length > 0 && !mayTrail(rest))) break
    if (widthPx * heightPx > picturePixelsMax) {
      throw fail('file.too_many_pixels', { pixelsMax: picturePixelsMax })
    }
    return { contentType, bytes: bytes.subarray(0, endAt), widthPx, heightPx }
  }
  throw fail('file.not_a_picture')
}

const videoKinds = [
  { contentType: 'video/mp4', extension: 'mp4', is: isMp4 },
  { contentType: 'video/webm', extension: 'webm', is: isWebm },
] as const

export type Video = { contentType: (typeof videoKinds)[number]['contentType'] }

/** Judges a video by its bytes alone. Throws `request.too_large` or `file.not_a_video`. */
export function decideVideo(upload: Uint8Array): Video {
  if (upload.byteLength > videoBytesMax) {
    throw fail('request.too_large', { bytesMax: videoBytesMax })
  }
  const bytes = Buffer.from(upload.buffer, upload.byteOffset, upload.byteLength)
  const kind = videoKinds.find(({ is }) => is(bytes))
  if (!kind) throw fail('file.not_a_video')
  return { contentType: kind.contentType }
}

/** Where a file lies in the storage: its content names it. */
export function storageKeyOf(sha256: string, contentType: string): string {
  const kind = [...kinds, ...videoKinds].find(kind => kind.contentType === contentType)
  const folder = contentType.startsWith('video/') ? 'videos' : 'pictures'
  return `${folder}/${sha256.slice(0, 2)}/${sha256}.${kind?.extension ?? 'bin'}`
}
