import type { Page } from 'playwright-core'
import { codeFor } from '../pages/sign-in.ts'

export type Caller = {
  me: { shops: readonly { id: string }[] }
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>
}

/** Somebody who is signed in on a page, calling from there: a phone gets one code a minute. */
export async function callerIn(page: Page, url: string): Promise<Caller> {
  const call: Caller['call'] = async (method, path, body) => {
    const answer = await page.request.fetch(`${url}/api${path}`, {
      method,
      headers: { origin: url },
      ...(body ? { data: body } : {}),
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  return { me: (await call('GET', '/me')) as Caller['me'], call }
}

/** Somebody who is signed in over the API, as scripts are. */
export async function callerOf(url: string, phone: string): Promise<Caller> {
  const callAs = async (token: string | null, [method, path, body]: Parameters<Caller['call']>) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  await callAs(null, ['POST', '/auth/codes', { phone }])
  const code = await codeFor({ url, phone })
  const { token, me } = await callAs(null, [
    'POST',
    '/auth/sessions',
    { phone, code, transport: 'bearer' },
  ])
  return { me, call: (...args) => callAs(token, args) }
}
