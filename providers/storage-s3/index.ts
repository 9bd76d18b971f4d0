import { createHash } from 'node:crypto'
import { hourMs } from '@kaibo/kernel/clock'
import { invariant } from '@kaibo/kernel/invariant'
import type { StorageProvider } from '@kaibo/modules/files'
import type { RecordingStore } from '@kaibo/modules/recording'
import { AwsClient } from 'aws4fetch'

export type StorageS3Needs = {
  /** The address of the store, without a bucket: `https://s3.eu-central-1.amazonaws.com`. */
  readonly url: string
  readonly region: string
  readonly bucket: string
  readonly keyId: string
  readonly secret: string
  /** Put before every key, such as `recordings/`. */
  readonly prefix: string
  /** A CDN before the bucket, with the keys as paths; empty = addresses are signed by us. */
  readonly publicUrl: string
}

/** Keys are made by us, but an address is never trusted: no empty, dotted or upper-case segment. */
const keyPattern = /^(?:[a-z0-9][a-z0-9._-]{0,127}\/){0,4}[a-z0-9][a-z0-9._-]{0,127}$/
const timeoutMs = 60_000
const attemptsMax = 3
const attemptPauseMs = 300
/** What S3 lets an address be good for (Signature Version 4, X-Amz-Expires). */
const addressSecMax = 7 * 24 * 3_600

const typeOf = (key: string): string =>
  /\.(?:mp4|m4s)$/.test(key) ? 'video/mp4' : 'application/octet-stream'

/**
 * Keeps objects in an S3 bucket, or in a store that speaks like one (path-style addresses). A failed
 * call is made again a few times; then it rejects.
 */
export function createStorageS3(needs: StorageS3Needs): StorageProvider & RecordingStore {
  const client = new AwsClient({
    accessKeyId: needs.keyId,
    secretAccessKey: needs.secret,
    region: needs.region,
    service: 's3',
    // Attempts are ours, so that each has its own time limit.
    retries: 0,
  })
  const addressOf = (key: string): string => {
    invariant(keyPattern.test(key), `not a storage key: ${JSON.stringify(key)}`)
    return `${needs.url}/${needs.bucket}/${needs.prefix}${key}`
  }
  const call = async (key: string, request: RequestInit): Promise<Response> => {
    const url = addressOf(key)
    for (let attempt = 1; ; attempt++) {
      const response = await attemptOf(client, url, request)
      const { status } = response
      if (response.ok || status === 404) return response
      // What was said is dropped, so that the connection can be used again.
      await response.arrayBuffer().catch(() => {})
      if (attempt === attemptsMax || (status < 500 && status !== 429)) {
        throw new Error(`object store: ${request.method} answered ${status}`)
      }
      await new Promise(resolve => setTimeout(resolve, attemptPauseMs * attempt))
    }
  }
  return {
    async put(key, bytes) {
      const headers = {
        'content-type': typeOf(key),
        'cache-control': 'private, max-age=31536000, immutable',
        // Signed as well: the store takes these very bytes or none.
        'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      }
      const response = await call(key, { method: 'PUT', body: Buffer.from(bytes), headers })
      if (!response.ok) throw new Error('object store: there is no such bucket')
    },
    async get(key) {
      const response = await call(key, { method: 'GET' })
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
    },
    async delete(key) {
      await call(key, { method: 'DELETE' })
    },
    async urlOf(key, { expiresAt }) {
      if (needs.publicUrl) return `${needs.publicUrl}/${needs.prefix}${key}`
      const url = new URL(addressOf(key))
      // Signed as of the full hour: who asks again within it gets the same address, and caches like that.
      const signedMs = Math.floor(Date.now() / hourMs) * hourMs
      const goodSec = Math.ceil((expiresAt.getTime() - signedMs) / 1_000)
      url.searchParams.set('X-Amz-Expires', String(Math.min(Math.max(goodSec, 1), addressSecMax)))
      const datetime = new Date(signedMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')
      const aws = { signQuery: true, datetime }
      return (await client.sign(url.href, { method: 'GET', aws })).url
    },
  }
}

/** One try; a connection that fails counts as an answer of 599. */
const attemptOf = (client: AwsClient, url: string, request: RequestInit): Promise<Response> =>
  client
    .fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    .catch(() => new Response(null, { status: 599 }))
