import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Exchange, openFile, reply } from '../http-reply.ts'

/** A file of a recording never changes; its address is a secret that is worth keeping to oneself. */
const FOR_EVER = 'private, max-age=31536000, immutable'

/** Sends a file, or the part of it that a `Range` of one span asks for (RFC 9110 §14.2). */
export const sendFile = async (path: string, { request, response }: Exchange): Promise<void> => {
  const size = await sizeOf(path)
  if (size === undefined) return reply(response, { status: 404 })
  const span = readRange(request.headers.range, size)
  if (span === 'beyond') {
    return reply(response, { status: 416, headers: { 'content-range': `bytes */${size}` } })
  }
  const { from, to } = span ?? { from: 0, to: size - 1 }
  openFile(response, {
    status: span ? 206 : 200,
    headers: {
      'content-type': 'video/mp4',
      'content-length': String(to - from + 1),
      'cache-control': FOR_EVER,
      'accept-ranges': 'bytes',
      ...(span && { 'content-range': `bytes ${from}-${to}/${size}` }),
    },
  })
  if (request.method === 'HEAD' || size === 0) return void response.end()
  // A player that leaves in the middle is no failure.
  await pipeline(createReadStream(path, { start: from, end: to }), response).catch(() => {})
}

const sizeOf = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.size

/** The span asked for; undefined for the whole file, which is also what several spans get. */
export const readRange = (
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'beyond' | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < from) return undefined
  return from > to ? 'beyond' : { from, to }
}
