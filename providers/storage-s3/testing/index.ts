import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/**
 * An object store for tests. It computes every signature anew from the published rules (AWS Signature
 * Version 4, header and query) and refuses what does not fit, as S3 does.
 */
export type S3Simulator = {
  readonly url: string
  readonly objects: Map<string, { bytes: Buffer; type: string }>
  /** Codes of refusals, oldest first. */
  readonly refusals: string[]
  /** The next calls fail with these statuses, one each. */
  readonly failures: number[]
  /** Every call fails while it is. */
  isDown: boolean
  close(): void
}

export type S3Account = { region: string; bucket: string; keyId: string; secret: string }

const skewMaxMs = 15 * 60_000
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

type Claim = {
  scope: string
  date: string
  headers: string
  signature: string
  bodyHash: string
  query: [string, string][]
}

/** What a request says of its signature; undefined when it says nothing. */
function claimOf(request: IncomingMessage, url: URL): Claim | undefined {
  const query = [...url.searchParams]
  const header = request.headers.authorization
  if (header === undefined) {
    const of = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? ''
    if (of('Signature') === '') return undefined
    return {
      scope: of('Credential'),
      date: of('Date'),
      headers: of('SignedHeaders'),
      signature: of('Signature'),
      bodyHash: 'UNSIGNED-PAYLOAD',
      query: query.filter(([name]) => name !== 'X-Amz-Signature'),
    }
  }
  const parts = /^AWS4-HMAC-SHA256 Credential=(.+), SignedHeaders=(.+), Signature=(.+)$/.exec(
    header,
  )
  const [, scope = '', headers = '', signature = ''] = parts ?? []
  const date = String(request.headers['x-amz-date'])
  return {
    scope,
    headers,
    signature,
    date,
    query,
    bodyHash: String(request.headers['x-amz-content-sha256']),
  }
}

function signatureOf(
  request: IncomingMessage,
  url: URL,
  { claim, secret }: { claim: Claim; secret: string },
) {
  const names = claim.headers.split(';')
  const canonical = [
    request.method,
    url.pathname,
    claim.query
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...names.map(name => `${name}:${String(request.headers[name]).trim()}`),
    '',
    claim.headers,
    claim.bodyHash,
  ].join('\n')
  const [, ...scope] = claim.scope.split('/')
  const toSign = ['AWS4-HMAC-SHA256', claim.date, scope.join('/'), sha256(canonical)].join('\n')
  const key = scope.reduce<string | Buffer>((outer, part) => hmac(outer, part), `AWS4${secret}`)
  return hmac(key, toSign).toString('hex')
}

/** Why a request is refused; undefined when it is not. */
function refusalOf(request: IncomingMessage, body: Buffer, of: { url: URL; account: S3Account }) {
  const { url, account } = of
  const claim = claimOf(request, url)
  if (!claim) return 'AccessDenied'
  const day = claim.date.slice(0, 8)
  if (claim.scope !== `${account.keyId}/${day}/${account.region}/s3/aws4_request`)
    return 'InvalidAccessKeyId'
  if (signatureOf(request, url, { claim, secret: account.secret }) !== claim.signature)
    return 'SignatureDoesNotMatch'
  if (request.method === 'PUT' && claim.bodyHash !== sha256(body))
    return 'XAmzContentSHA256Mismatch'
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.date) ?? []
  const [year = 0, month = 0, ...rest] = parts.map(Number)
  const ageMs = Date.now() - Date.UTC(year, month - 1, ...rest)
  const expires = url.searchParams.get('X-Amz-Expires')
  const ageMaxMs = expires === null ? skewMaxMs : Number(expires) * 1_000
  return ageMs > ageMaxMs || ageMs < -skewMaxMs ? 'RequestExpired' : undefined
}

export async function startS3Simulator(account: S3Account): Promise<S3Simulator> {
  const objects: S3Simulator['objects'] = new Map()
  const refusals: string[] = []
  const failures: number[] = []
  const simulator: S3Simulator = {
    ...{ objects, refusals, failures, isDown: false, url: '' },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const body = Buffer.concat(pieces)
    const failure = simulator.isDown ? 503 : failures.shift()
    if (failure !== undefined) return response.writeHead(failure).end()
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const refusal = refusalOf(request, body, { url, account })
    if (refusal !== undefined) {
      refusals.push(refusal)
      return response.writeHead(403).end(`<Error><Code>${refusal}</Code></Error>`)
    }
    const [, bucket, ...rest] = url.pathname.split('/')
    if (bucket !== account.bucket) return response.writeHead(404).end()
    const key = rest.join('/')
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, type: String(request.headers['content-type']) })
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return response.writeHead(204).end()
    }
    const found = objects.get(key)
    if (!found) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    return response.writeHead(200, { 'content-type': found.type }).end(found.bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return Object.assign(simulator, { url: `http://127.0.0.1:${port}` })
}
