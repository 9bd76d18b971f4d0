import type { StoryPlan } from '@kaibo/contract/show/story'
import type { WordScene } from '@kaibo/contract/show/wordlist'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Catalog, Drafts } from '@kaibo/modules/catalog'
import type { Clips } from '@kaibo/modules/clip'
import type { Coupons } from '@kaibo/modules/coupon'
import type { Live } from '@kaibo/modules/live'
import type { Polls } from '@kaibo/modules/poll'
import type { Shops } from '@kaibo/modules/shop'
import type { Stories } from '@kaibo/modules/story'
import type { WordLists } from '@kaibo/modules/wordlist'

type Fit = Pick<WordLists, 'requireFit'>
type Texts = readonly (string | undefined)[]

/**
 * Names, titles, texts of goods, stories, polls and coupons are asked of the word lists on their way in, so that no module
 * that keeps them has to know the lists. Each of these throws `wordlist.refused`.
 */
export const fitTexts = ({ requireFit }: Fit) => {
  const require = (scene: WordScene, shopId: Id | null, texts: Texts) => {
    for (const text of texts) if (text) requireFit({ text, scene, shopId })
  }
  const requireProduct = (shopId: Id, product: Drafts['drafts'][number]) => {
    const detail = product.detail?.replace(/<[^>]*>/g, ' ')
    require('product', shopId, [product.title, product.subtitle, product.description, detail])
  }
  const requireStory = (shopId: Id, story: StoryPlan) => {
    const rows = story.kind === 'comparison' ? story.rows : []
    require('title', shopId, [story.title])
    require('product', shopId, [story.text, ...rows.flatMap(row => [row.label, ...row.cells])])
  }
  return {
    account: (handlers: Account['handlers']): Account['handlers'] => ({
      ...handlers,
      updateMe: async (ctx, change) => {
        require('nick', null, [change.nickname])
        return handlers.updateMe(ctx, change)
      },
    }),
    shop: (handlers: Shops['handlers']): Shops['handlers'] => ({
      ...handlers,
      open: async (ctx, wanted) => {
        require('title', null, [wanted.name])
        return handlers.open(ctx, wanted)
      },
      update: async (ctx, change) => {
        require('title', change.shopId, [change.name, change.intro])
        return handlers.update(ctx, change)
      },
    }),
    live: (handlers: Live['handlers']): Live['handlers'] => ({
      ...handlers,
      create: async (ctx, session) => {
        require('title', session.shopId, [session.title])
        return handlers.create(ctx, session)
      },
      update: async (ctx, change) => {
        require('title', change.shopId, [change.title])
        return handlers.update(ctx, change)
      },
    }),
    catalog: (handlers: Catalog['handlers']): Catalog['handlers'] => ({
      ...handlers,
      create: async (ctx, product) => {
        requireProduct(product.shopId, product)
        return handlers.create(ctx, product)
      },
      update: async (ctx, product) => {
        requireProduct(product.shopId, product)
        return handlers.update(ctx, product)
      },
    }),
    story: (handlers: Stories['handlers']): Stories['handlers'] => ({
      ...handlers,
      create: async (ctx, wanted) => {
        requireStory(wanted.shopId, wanted.story)
        return handlers.create(ctx, wanted)
      },
      update: async (ctx, change) => {
        requireStory(change.shopId, change.story)
        return handlers.update(ctx, change)
      },
    }),
    clip: (handlers: Clips['handlers']): Clips['handlers'] => ({
      ...handlers,
      create: async (ctx, wanted) => {
        require('title', wanted.shopId, [wanted.title])
        return handlers.create(ctx, wanted)
      },
      update: async (ctx, change) => {
        require('title', change.shopId, [change.title])
        return handlers.update(ctx, change)
      },
    }),
    poll: (handlers: Polls['handlers']): Polls['handlers'] => ({
      ...handlers,
      create: async (ctx, poll) => {
        require('title', poll.shopId, [poll.question, ...poll.options])
        return handlers.create(ctx, poll)
      },
    }),
    coupon: (handlers: Coupons['handlers']): Coupons['handlers'] => ({
      ...handlers,
      create: async (ctx, coupon) => {
        require('title', coupon.shopId, [coupon.title])
        return handlers.create(ctx, coupon)
      },
      platformCreate: async (ctx, coupon) => {
        require('title', null, [coupon.title])
        return handlers.platformCreate(ctx, coupon)
      },
    }),
    /** Sheets write products without a call for each. */
    drafts: <C extends Pick<Catalog, 'addDrafts' | 'updateProducts'>>(catalog: C): C => ({
      ...catalog,
      addDrafts: async (tx, { drafts, by }) => {
        for (const draft of drafts) requireProduct(draft.shopId, draft)
        await catalog.addDrafts(tx, { drafts, by })
      },
      updateProducts: async (tx, { drafts, by }) => {
        for (const draft of drafts) requireProduct(draft.shopId, draft)
        await catalog.updateProducts(tx, { drafts, by })
      },
    }),
  }
}
