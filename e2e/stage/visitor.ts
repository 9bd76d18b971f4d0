import type { BrowserContext, Page } from 'playwright-core'
import { codeFor } from '../pages/sign-in.ts'

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** Nobody is sent two codes in a minute: who comes again brings the session of before. */
const sessions = new Map<string, Cookies>()

/** Signs in a page that is to begin signed in; how people do it is told by others. */
export async function enterAs(page: Page, { url, phone }: { url: string; phone: string }) {
  const context = page.context()
  const key = `${url} ${phone}`
  const known = sessions.get(key)
  if (known) return context.addCookies(known)
  const headers = { origin: url }
  await context.request.post(`${url}/api/auth/codes`, { data: { phone }, headers })
  const code = await codeFor({ url, phone })
  const data = { phone, code, transport: 'cookie' }
  const answer = await context.request.post(`${url}/api/auth/sessions`, { data, headers })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`)
  sessions.set(key, await context.cookies())
}

/** Gives a signed-in person somewhere to receive parcels. */
export async function giveAddress(page: Page, { url }: { url: string }): Promise<void> {
  const data = {
    ...{ id: crypto.randomUUID(), name: '小林', phone: '13800000001', regionCode: '330106' },
    ...{ detail: '文三路 1 号', isDefault: true },
  }
  const { request } = page.context()
  const answer = await request.post(`${url}/api/addresses`, { data, headers: { origin: url } })
  if (!answer.ok()) throw new Error(`address: ${answer.status()} ${await answer.text()}`)
}
