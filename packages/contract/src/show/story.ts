import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'

export const storyPicturesMax = 9
/** Stories and comparisons of one shop. */
export const storiesMax = 200
export const storiesPerRoomMax = 20
export const comparedMin = 2
export const comparedMax = 4
export const comparisonRowsMax = 20

const title = text(1, 40)
const body = text(0, 2_000)
const Rows = Type.Array(
  object({
    /** What is compared, such as 产地. */
    label: text(1, 20),
    /** One per product, in their order. */
    cells: Type.Array(text(0, 60), { minItems: comparedMin, maxItems: comparedMax }),
  }),
  { minItems: 1, maxItems: comparisonRowsMax },
)

/** A story card 故事 with pictures, or a comparison table 对比 of some products. Plain text in both. */
const StoryPlan = Type.Union([
  object({
    kind: Type.Literal('story'),
    title,
    text: body,
    pictureFileIds: Type.Array(Id, { maxItems: storyPicturesMax, uniqueItems: true }),
  }),
  object({
    kind: Type.Literal('comparison'),
    title,
    text: body,
    productIds: Type.Array(Id, {
      minItems: comparedMin,
      maxItems: comparedMax,
      uniqueItems: true,
    }),
    rows: Rows,
  }),
])
export type StoryPlan = Static<typeof StoryPlan>

const pictures = Type.Array(object({ fileId: Id, url: Type.String() }))
const shown = { id: Id, title: Type.String(), text: Type.String(), updatedAt: Instant }

export const Story = Type.Union([
  object({ kind: Type.Literal('story'), ...shown, pictures }),
  object({
    kind: Type.Literal('comparison'),
    ...shown,
    /** Null in the place of a product that nobody may see any more. */
    products: Type.Array(object({ productId: Id, product: nullable(ProductCard) })),
    rows: Type.Array(object({ label: Type.String(), cells: Type.Array(Type.String()) })),
  }),
])
export type Story = Static<typeof Story>

/** What viewers of a room may open beside the video, in order. */
export const RoomStories = named('RoomStories', {
  /** Grows with every change: a client drops older states. */
  version: Type.Integer(),
  items: Type.Array(Story),
})
export type RoomStories = Static<typeof RoomStories>

export const storyErrors = errors({
  'story.not_found': [404, 'This story does not exist.', '故事卡不存在'],
  'story.changed': [
    409,
    'Somebody else changed the stories of this room. Please look again.',
    '直播间的故事卡已被他人修改，请刷新后重试',
  ],
  'story.rows_invalid': [
    422,
    'Every row of a comparison needs one cell per product.',
    '对比表每行的内容数须与商品数一致',
  ],
  'story.too_many': [409, 'The shop has no place for another story.', '故事卡数量已达上限'],
})

const manage = { can: 'room.assist', scope: 'shop' } as const
const write = { ...manage, rate: 'write', idempotency: 'natural', audit: 'write' } as const
const look = { rate: 'read', idempotency: 'safe', audit: 'none' } as const

export const storyApi = {
  ofRoom: endpoint({
    method: 'GET',
    path: '/live/:id/stories',
    summary: 'Stories and comparisons that a room shows beside the video, in order',
    can: 'public',
    scope: 'public',
    ...look,
    params: ById,
    reply: RoomStories,
    errors: ['live.not_found'],
  }),
  setRoom: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/stories',
    summary: 'Set the whole list of a room in order: attach, sort and detach in one call',
    ...write,
    params: ByShopAndId,
    body: object({
      version: Type.Integer({ minimum: 0 }),
      storyIds: Type.Array(Id, { maxItems: storiesPerRoomMax, uniqueItems: true }),
    }),
    reply: RoomStories,
    errors: ['live.not_found', 'live.ended', 'story.changed', 'story.not_found'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/shops/:shopId/stories',
    summary: 'Stories and comparisons of my shop, newest first',
    ...manage,
    ...look,
    params: ByShop,
    query: object(pageQuery),
    reply: pageOf(Story),
    errors: [],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/stories',
    summary: 'Write a story or a comparison; the body carries its id',
    ...write,
    params: ByShop,
    body: object({ id: Id, story: StoryPlan }),
    reply: Story,
    errors: [
      'story.not_found',
      'story.too_many',
      'story.rows_invalid',
      'file.not_found',
      'product.not_found',
      'wordlist.refused',
    ],
  }),
  update: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/stories/:id',
    summary: 'Write it anew; rooms that show it look again',
    ...write,
    params: ByShopAndId,
    body: object({ story: StoryPlan }),
    reply: Story,
    errors: [
      'story.not_found',
      'story.rows_invalid',
      'file.not_found',
      'product.not_found',
      'wordlist.refused',
    ],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/stories/:id',
    summary: 'Remove it, also from the rooms that show it',
    ...write,
    params: ByShopAndId,
    reply: Done,
    errors: ['story.not_found'],
  }),
}

/** What a room shows beside the video changed. */
export const storyChanged = event('story.changed', object({ liveId: Id, version: Type.Integer() }))
