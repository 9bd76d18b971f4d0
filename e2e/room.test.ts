import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sees, seesNoMore } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { signIn } from './pages/sign-in.ts'
import { type Caller, callerOf } from './stage/api.ts'
import { chromiumPath, desk, openStage, phone, type Stage } from './stage/browser.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const told = test.skipIf(chromiumPath === undefined && process.env.CI !== 'true')

const people = { host: '13800000002', lin: '13911110011', qiao: '13911110012' }

let server: RunningServer
let stage: Stage

beforeAll(async () => {
  if (chromiumPath === undefined && process.env.CI !== 'true') return
  server = await startServer()
  stage = await openStage(server.url)
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

told('two people talk in a room, and its host keeps order', { timeout: 240_000 }, async () => {
  const { output } = await server.kaibo('demo', '--json')
  const liveId: string = JSON.parse(output).rooms[0].id
  const [lin, qiao] = [await stage.person(phone), await stage.person(desk)]
  await enter(lin, { liveId, phone: people.lin })
  await enter(qiao, { liveId, phone: people.qiao })
  const host = await callerOf(server.url, people.host)
  const room = `/shops/${host.me.shops[0]?.id}/live/${liveId}`

  await talk(lin, qiao)
  const { author } = await pin(host, { room, liveId, viewers: [lin, qiao] })
  await mute(host, { room, userId: author.id, muted: qiao, other: lin })
  expect(stage.problems()).toEqual([])
})

/** A visitor comes, and signs in at the field that they want to write into. */
async function enter(page: Page, who: { liveId: string; phone: string }): Promise<void> {
  const shop = shopPages(page)
  await shop.openRoom(who.liveId)
  await shop.writing().click()
  await signIn(page, { url: server.url, phone: who.phone })
  await seesNoMore(page.getByRole('dialog', { name: '登录' }))
  await page.waitForFunction(() => {
    const field = document.querySelector<HTMLInputElement>('[aria-label="说点什么…"]')
    return field !== null && !field.readOnly
  })
}

/** 1. What one writes the other reads, answers, and is read. */
async function talk(lin: Page, qiao: Page): Promise<void> {
  await shopPages(lin).writeComment('这茶是今年的吗')
  await sees(shopPages(qiao).comment('这茶是今年的吗'))
  await shopPages(qiao).answer('这茶是今年的吗', '上周刚到的')
  await sees(shopPages(lin).comment('上周刚到的'))
  await sees(lin.getByRole('log').getByText(/^回复 .*这茶是今年的吗/))
}

type Said = { id: string; text: string; author: { id: string } }
type Order = { room: string; liveId: string; viewers: readonly Page[] }

/** 2. The host pins a comment: it stands above everybody's chat. */
async function pin(host: Caller, { room, liveId, viewers }: Order): Promise<Said> {
  const { items } = await host.call('GET', `/live/${liveId}/comments`)
  const comment = (items as Said[]).find(({ text }) => text === '上周刚到的')
  if (!comment) throw new Error('the answer is not in the history')
  await host.call('PUT', `${room}/pinned`, { commentId: comment.id })
  for (const viewer of viewers) await sees(shopPages(viewer).pinned('上周刚到的'))
  return comment
}

type Muting = { room: string; userId: string; muted: Page; other: Page }

/** 3. Who is muted is told so where they would write, until it is taken back; others go on. */
async function mute(host: Caller, { room, userId, muted, other }: Muting): Promise<void> {
  const sanction = await host.call('POST', `${room}/sanctions`, {
    ...{ sanctionId: crypto.randomUUID(), userId, kind: 'mute' },
    ...{ durationSec: 3_600, reason: '', removesComments: false },
  })
  await sees(muted.getByText('你已被禁言'))
  await sees(muted.locator('[aria-label="说点什么…"]:disabled'))
  await shopPages(other).writeComment('我还能说话')
  await sees(shopPages(muted).comment('我还能说话'))

  await host.call('DELETE', `${room.replace(/\/live\/.*/, '')}/sanctions/${sanction.id}`)
  await seesNoMore(muted.getByText('你已被禁言'))
  await shopPages(muted).writeComment('谢谢，我会好好说')
  await sees(shopPages(other).comment('谢谢，我会好好说'))
}
