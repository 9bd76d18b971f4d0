import type { EndpointDef, FileReply } from '@kaibo/contract/core/endpoint'
import type { FastifyReply } from 'fastify'

/** What everybody may see never changes under its address; anything else is nobody's to keep. */
export function sendBytes(reply: FastifyReply, def: EndpointDef, file: FileReply): FastifyReply {
  const isPublic = def.scope === 'public'
  const kept = isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store'
  if (file.fileName !== undefined) {
    const name = encodeURIComponent(file.fileName)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
  }
  reply
    .header('content-type', file.contentType)
    .header('cache-control', kept)
    .header('content-security-policy', "default-src 'none'; sandbox")
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)
  // Some browsers play a video only if they may ask for a part of it.
  if (!file.contentType.startsWith('video/')) return reply.send(bytes)
  reply.header('accept-ranges', 'bytes')
  const part = rangeOf(reply.request.headers.range, bytes.length)
  if (part === null) return reply.send(bytes)
  const { from, to } = part
  if (from > to) return reply.code(416).header('content-range', `bytes */${bytes.length}`).send()
  return reply
    .code(206)
    .header('content-range', `bytes ${from}-${to}/${bytes.length}`)
    .send(bytes.subarray(from, to + 1))
}

/** The one part that is asked for (RFC 9110, 14.1.2); null = all of it. */
export function rangeOf(
  header: string | undefined,
  length: number,
): { from: number; to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') return { from: Math.max(0, length - Number(last)), to: length - 1 }
  return { from: Number(first), to: last === '' ? length - 1 : Math.min(Number(last), length - 1) }
}
