/** Longest side that a screen ever shows, in pixels. */
const sidePxMax = 2048
/** Below this a picture goes as it is. */
const bytesSmall = 1_000_000
const quality = 0.88

/**
 * A picture as it is uploaded: a camera's many megabytes become a screen's. Rejects when the
 * browser cannot read it as a picture.
 */
export async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  try {
    const scale = Math.min(1, sidePxMax / Math.max(bitmap.width, bitmap.height))
    if (scale === 1 && file.size <= bytesSmall) return file
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    // WebP keeps transparency; a browser that cannot write it answers with PNG.
    const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/webp'
    const smaller = await new Promise<Blob | null>(done => canvas.toBlob(done, type, quality))
    return smaller ?? file
  } finally {
    bitmap.close()
  }
}
