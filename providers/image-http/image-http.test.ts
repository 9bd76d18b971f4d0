import { createServer, type IncomingMessage } from 'node:http'
import { newId } from '@kaibo/kernel/ids'
import { afterAll, expect, test } from 'vitest'
import { createImageHttp } from './index.ts'

/** A service that says what a test wants; remembers what it was asked. */
const asked: { headers: IncomingMessage['headers']; body: string }[] = []
let answer: { status: number; text: string; location?: string } = { status: 200, text: '' }
const service = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  asked.push({ headers: request.headers, body: Buffer.concat(pieces).toString() })
  const { status, text, location } = answer
  response.writeHead(status, location ? { location } : {}).end(text)
})
await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
afterAll(() => service.close())
const address = service.address()
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/look`

const review = (token = '') =>
  createImageHttp({ url, token }).review({
    liveId: newId(),
    jpeg: new TextEncoder().encode('a picture'),
    previous: null,
    signal: AbortSignal.timeout(5_000),
  })
const says = (findings: unknown, status = 200) => {
  answer = { status, text: JSON.stringify({ findings }) }
}

test('a picture is posted as it is, with the token, and what was found comes back', async () => {
  says([{ label: 'nudity', score: 0.97, verdict: 'block', reason: 'vulgar' }])
  expect(await review('secret')).toEqual([
    { label: 'nudity', score: 0.97, verdict: 'block', reason: 'vulgar', lastsSec: 0 },
  ])
  expect(asked.at(-1)).toMatchObject({
    body: 'a picture',
    headers: { 'content-type': 'image/jpeg', authorization: 'Bearer secret' },
  })
  says([])
  expect(await review()).toEqual([])
  expect(asked.at(-1)?.headers.authorization).toBeUndefined()
})

test.each([
  ['no findings', undefined],
  ['a verdict that there is not', [{ label: 'a', score: 1, verdict: 'ban' }]],
  ['a score beyond one', [{ label: 'a', score: 2, verdict: 'block' }]],
  ['a label with markup', [{ label: '<b>', score: 1, verdict: 'block' }]],
  ['a reason of its own', [{ label: 'a', score: 1, verdict: 'block', reason: 'because' }]],
  ['a flood', Array.from({ length: 50 }, () => ({ label: 'a', score: 1, verdict: 'review' }))],
])('%s is no answer', async (_, findings) => {
  says(findings)
  await expect(review()).rejects.toThrow('the reviewer does not speak our form')
})

test('an error, a redirect, too much and nonsense are no answers', async () => {
  says([], 500)
  await expect(review()).rejects.toThrow('the reviewer answers 500')
  answer = { status: 302, text: '', location: `${url}/elsewhere` }
  await expect(review()).rejects.toThrow()
  answer = { status: 200, text: `${' '.repeat(100_000)}{}` }
  await expect(review()).rejects.toThrow('the reviewer says too much')
  answer = { status: 200, text: 'yes' }
  await expect(review()).rejects.toThrow()
})
