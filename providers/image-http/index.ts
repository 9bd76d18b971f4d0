import { oneOf } from '@kaibo/contract/core/common'
import { patrolReasons } from '@kaibo/contract/media/patrol-life'
import type { Finding, ImageReviewer } from '@kaibo/modules/patrol'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

export type ImageHttpNeeds = {
  /** Where pictures are sent to. */
  readonly url: string
  /** Sent as a bearer; empty = none. */
  readonly token: string
}

const findingsMax = 20

const Answer = Type.Object({
  findings: Type.Array(
    Type.Object({
      label: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
      score: Type.Number({ minimum: 0, maximum: 1 }),
      verdict: oneOf(['review', 'block']),
      /** Nothing comes of it before it was found for so long. Default 0. */
      lastsSec: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600 })),
      /** Of a block: what viewers and host are told. Default `other`. */
      reason: Type.Optional(oneOf(patrolReasons)),
    }),
    { maxItems: findingsMax },
  ),
})

const answerBytesMax = 64 * 1024

/**
 * A reviewer of the operator's own behind HTTP: pictures are posted to it one by one, its findings
 * are believed. What is not an answer in this form counts as no answer.
 */
export const createImageHttp = ({ url, token }: ImageHttpNeeds): ImageReviewer => ({
  name: new URL(url).host,
  async review({ liveId, jpeg, signal }) {
    const reply = await fetch(url, {
      method: 'POST',
      body: Uint8Array.from(jpeg),
      // A reviewer that leads elsewhere is not the one that was configured.
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'image/jpeg',
        'x-room-id': liveId,
        ...(token && { authorization: `Bearer ${token}` }),
      },
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`the reviewer answers ${reply.status}`)
    if (text.length > answerBytesMax) throw new Error('the reviewer says too much')
    return findingsIn(JSON.parse(text))
  },
})

function findingsIn(answer: unknown): Finding[] {
  if (!Value.Check(Answer, answer)) throw new Error('the reviewer does not speak our form')
  return answer.findings.map(({ lastsSec = 0, ...finding }) => ({ ...finding, lastsSec }))
}
