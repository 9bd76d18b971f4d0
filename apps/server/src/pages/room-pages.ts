import type { LiveCard } from '@kaibo/contract/show/live'
import type { Id } from '@kaibo/kernel/ids'
import { type Html, html } from './html.ts'

export type RoomPagesNeeds = {
  /** Rooms as they are shown outside; unknown ones are missing. */
  cardsByIds(ids: readonly Id[]): Promise<Map<Id, LiveCard>>
  /** Where people reach the site who reached it at `host`, without a slash at the end. */
  originOf(host: string): string
  warn(error: unknown): void
}

/** Says on a page of the shop what other places show when it is shared. */
export type DressPage = (page: string, at: { path: string; host: string }) => Promise<string>

const roomPath = /^\/live\/([0-9a-f-]{36})\/?$/
const titleTag = /<title>[^<]*<\/title>/

/**
 * Chats and social sites do not run scripts: title, description and cover of a room stand in the page
 * itself, for Open Graph, for WeChat (`itemprop`) and for cards of X. There is no `og:url`: it would take
 * the sharer's id out of the link. A page that cannot be dressed is served as it is.
 */
export const createRoomPages =
  ({ cardsByIds, originOf, warn }: RoomPagesNeeds): DressPage =>
  async (page, { path, host }) => {
    const id = roomPath.exec(path)?.[1]
    if (id === undefined) return page
    const cards = await cardsByIds([id]).catch((error: unknown) => warn(error))
    const card = cards?.get(id)
    if (!card) return page
    const head = headOf(card, originOf(host)).text
    return page.replace(titleTag, () => head)
  }

function headOf({ title, coverUrl, shopName, host }: LiveCard, origin: string): Html {
  const about = [shopName, host.nickname].filter(Boolean).join(' · ')
  const image = coverUrl && new URL(coverUrl, origin).href
  return html`<title>${title} · Kaibo 开播</title>
    <meta name="description" itemprop="description" content="${about}" />
    <meta itemprop="name" content="${title}" />
    <meta property="og:type" content="video.other" />
    <meta property="og:site_name" content="Kaibo 开播" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${about}" />
    <meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}" />${
      image &&
      html`
    <meta property="og:image" content="${image}" />
    <meta itemprop="image" content="${image}" />`
    }`
}
