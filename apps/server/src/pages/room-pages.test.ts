import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld } from '../testing/world.ts'
import { createRoomPages } from './room-pages.ts'

const stage = await openStage()
const world = await createWorld(stage)
const { live } = stage.booted.kaibo
const { db } = stage.booted.database

const page = '<html><head><title>Kaibo 开播</title></head><body><div id="root"></div></body></html>'
const warnings: unknown[] = []
const dress = createRoomPages({
  cardsByIds: ids => live.cardsByIds(db, ids),
  originOf: host => `https://${host}`,
  warn: error => void warnings.push(error),
})
const at = (path: string) => ({ path, host: 'shop.example' })
const change = (fields: Record<string, unknown>) =>
  world.must('owner', 'live.update', { shopId: world.shopId, id: world.liveId, ...fields })
const dressed = (path = `/live/${world.liveId}`) => dress(page, at(path))
const contentOf = (text: string, name: string) =>
  new RegExp(`<meta[^>]*(?:property|name|itemprop)="${name}"[^>]*content="([^"]*)"`).exec(text)?.[1]

test('a shared room shows its title, its shop and its cover', async () => {
  await change({ title: '春茶上新', coverFileId: world.fileId })
  const text = await dressed()
  expect(text).toContain('<title>春茶上新 · Kaibo 开播</title>')
  expect(text).toContain('<div id="root"></div>')
  expect(contentOf(text, 'og:title')).toBe('春茶上新')
  expect(contentOf(text, 'og:description')).toBe('甲店 · owner')
  expect(contentOf(text, 'og:image')).toMatch(/^https:\/\/shop\.example\/.+/)
  for (const name of ['description', 'name', 'image', 'twitter:card'])
    expect(contentOf(text, name), name).toBeTruthy()
})

test('what a host writes stays text', async () => {
  const title = `"><script>alert(1)</script>$&'`
  await change({ title })
  const text = await dressed()
  expect(text).not.toContain('<script>alert')
  expect(contentOf(text, 'og:title')).toBe(
    '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp;&#39;',
  )
})

test('other pages, unknown rooms and a database that is away change nothing', async () => {
  for (const path of ['/', '/mall', `/live/${newId()}`, '/live/x', `/live/${world.liveId}/more`])
    expect(await dressed(path), path).toBe(page)
  const broken = createRoomPages({
    cardsByIds: () => Promise.reject(new Error('away')),
    originOf: host => `https://${host}`,
    warn: error => void warnings.push(error),
  })
  expect(await broken(page, at(`/live/${world.liveId}`))).toBe(page)
  expect(warnings).toHaveLength(1)
})
