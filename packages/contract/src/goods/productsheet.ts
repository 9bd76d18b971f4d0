import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ByShop, ByShopAndId, Id, Instant, named, nullable, object, oneOf } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { SheetProblem, SheetQuery, sheetReadErrors } from './sheet.ts'
import { sheetBytesMax } from './sheet-limits.ts'

/** checked = read, nothing changed yet · applying = products are being written · done. */
export const productImportStates = ['checked', 'applying', 'done'] as const

/** A sheet of products: what it would do, and how far it is. */
export const ProductImport = named('ProductImport', {
  id: Id,
  state: oneOf(productImportStates),
  createdAt: Instant,
  /** Products whose rows are all right: they come new, or change one that is there. */
  createCount: Type.Integer(),
  updateCount: Type.Integer(),
  /** Products with a wrong row; nothing of them is written. */
  badCount: Type.Integer(),
  /** New products that name no picture of their own. */
  pictureMissingCount: Type.Integer(),
  /** Written, and refused while writing. */
  doneCount: Type.Integer(),
  failedCount: Type.Integer(),
  problemCount: Type.Integer(),
  /** The first hundred; the report has all. */
  problems: Type.Array(SheetProblem),
})
export type ProductImport = Static<typeof ProductImport>

export const productSheetErrors = errors({
  'productsheet.not_found': [404, 'This import does not exist.', '导入任务不存在'],
  'productsheet.id_taken': [
    409,
    'Another sheet was uploaded under this id.',
    '该导入编号已用于其他文件',
  ],
  'productsheet.title_missing': [422, 'A new product needs a title.', '新商品必须填写标题'],
  'productsheet.picture_missing': [422, 'A new product needs a picture.', '新商品必须有图片'],
  'productsheet.too_many_skus': [
    422,
    'A product has at most 100 variants.',
    '单个商品最多 100 个规格',
  ],
  'productsheet.row_skipped': [
    422,
    'Another row of this product is wrong, so nothing of it is imported.',
    '该商品的其他行有错误，整个商品未导入',
  ],
})

const reading = {
  can: 'catalog.read',
  scope: 'shop',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const
const changing = {
  can: 'catalog.manage',
  scope: 'shop',
  idempotency: 'natural',
  audit: 'write',
} as const

export const productSheetApi = {
  template: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/product-sheet-template',
    summary: 'An empty sheet of products with one example',
    params: ByShop,
    query: SheetQuery,
    reply: 'bytes',
    errors: [],
  }),
  export: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/product-sheet',
    summary: 'All products of my shop, one row per variant, at most 5,000; can be imported again',
    params: ByShop,
    query: SheetQuery,
    reply: 'bytes',
    errors: [],
  }),
  check: endpoint({
    ...changing,
    rate: 'upload',
    method: 'POST',
    // The id of the new import, made by the client.
    path: '/shops/:shopId/product-imports/:importId',
    summary: 'Read a sheet (raw CSV or XLSX) and say what it would do; changes no product',
    params: object({ shopId: Id, importId: Id }),
    body: 'bytes',
    bodyBytesMax: sheetBytesMax,
    reply: ProductImport,
    errors: ['productsheet.id_taken', ...sheetReadErrors],
  }),
  view: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/product-imports/:id',
    summary: 'How far an import is',
    params: ByShopAndId,
    reply: ProductImport,
    errors: ['productsheet.not_found'],
  }),
  apply: endpoint({
    ...changing,
    rate: 'write',
    method: 'POST',
    path: '/shops/:shopId/product-imports/:id/apply',
    summary: 'Write the products of a sheet, each whole or not at all; goes on in the background',
    params: ByShopAndId,
    /** The picture of new products that name none. */
    body: object({ pictureFileId: nullable(Id) }),
    reply: ProductImport,
    errors: ['productsheet.not_found', 'file.not_found'],
  }),
  report: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/product-imports/:id/report',
    summary: 'Every problem of an import, row by row, as a file',
    params: ByShopAndId,
    query: SheetQuery,
    reply: 'bytes',
    errors: ['productsheet.not_found'],
  }),
}
