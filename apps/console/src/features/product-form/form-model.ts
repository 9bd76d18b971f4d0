import type { NewProduct, NewSku, NoReturnKind, OwnProduct } from '@kaibo/contract/goods/catalog'
import { instantOf, localText } from '../../components/form/local-time.ts'
import { parseCount, parseYuan, yuanText } from '../../components/form/yuan.ts'
import { fileIdOf } from '../pictures/model.ts'
import {
  combinationCount,
  matrixOf,
  rowsOf,
  type SkuMatrix,
  type SkuRow,
  skuCountMax,
  specRecordOf,
  withSpecs,
} from './spec-model.ts'

/** Everything of the form but the specs: as it is typed and chosen. */
export type ProductFields = {
  title: string
  subtitle: string
  description: string
  /** HTML of the editor. */
  detail: string
  brandId: string | null
  categoryId: string | null
  tagIds: string[]
  isVirtual: boolean
  noReturn: NoReturnKind | null
  limitText: string
  /** Codes of provinces; none = everywhere. */
  regionCodes: string[]
  freightTemplateId: string | null
  /** Where list prices come from. */
  strikeSource: string
  /** As a date-time field shows them. */
  shelveText: string
  unshelveText: string
}
export type ProductForm = ProductFields & { matrix: SkuMatrix }

export type ProductBody = Omit<NewProduct, 'id'>
export type Schedule = { shelveAt: string | null; unshelveAt: string | null }
/** What is wrong, by the field that shows it: `title`, `price:<row>`, … */
export type Problems = Readonly<Record<string, string>>
export type Checked = { body: ProductBody; schedule: Schedule } | { problems: Problems }
/** What was uploaded beside the form. */
export type FormFiles = { pictureFileIds: readonly string[]; videoFileId: string | null }

/** The longest that the API takes, in characters. */
export const lengthMax = {
  title: 60,
  subtitle: 80,
  description: 2_000,
  spec: 20,
  value: 30,
  source: 60,
} as const
export const pictureCountMax = 9
const stockMax = 1_000_000
const limitMax = 999
const volumeMax = 100_000_000

/** A form with nothing in it. */
export const emptyForm = (makeId: () => string): ProductForm => ({
  title: '',
  subtitle: '',
  description: '',
  detail: '',
  brandId: null,
  categoryId: null,
  tagIds: [],
  isVirtual: false,
  noReturn: null,
  limitText: '',
  regionCodes: [],
  freightTemplateId: null,
  strikeSource: '',
  shelveText: '',
  unshelveText: '',
  matrix: withSpecs({ specs: [], drafts: {} }, [], makeId),
})

const timeText = (at: string | null) => (at === null ? '' : localText(new Date(at)))
const countText = (count: number) => (count === 0 ? '' : String(count))

/** The form of a product that exists. */
export const formOf = (product: OwnProduct, makeId: () => string): ProductForm => ({
  title: product.title,
  subtitle: product.subtitle,
  description: product.description,
  detail: product.detail,
  brandId: product.brand?.id ?? null,
  categoryId: product.categoryId,
  tagIds: product.tags.map(tag => tag.id),
  isVirtual: product.isVirtual,
  noReturn: product.noReturn,
  limitText: product.limitPerBuyer === null ? '' : String(product.limitPerBuyer),
  regionCodes: product.regionCodes ?? [],
  freightTemplateId: product.freightTemplateId,
  strikeSource: product.skus.find(sku => sku.strike?.source)?.strike?.source ?? '',
  shelveText: timeText(product.shelveAt),
  unshelveText: timeText(product.unshelveAt),
  matrix: matrixOf(product.skus.map(skuTexts), makeId),
})

const skuTexts = ({ id, spec, available, ...sku }: OwnProduct['skus'][number]) => {
  const fileId = sku.pictureUrl && fileIdOf(sku.pictureUrl)
  return {
    id,
    spec,
    available,
    priceText: yuanText(sku.priceFen),
    stockText: '',
    strike: sku.strike?.basis ?? ('none' as const),
    strikeText: sku.strike ? yuanText(sku.strike.fen) : '',
    weightText: countText(sku.weightG),
    volumeText: countText(sku.volumeCm3),
    barcode: sku.barcode ?? '',
    picture: fileId && sku.pictureUrl ? { fileId, url: sku.pictureUrl } : null,
    isOffered: !sku.isDisabled,
  }
}

/** What follows when goods become virtual, or sent again: virtual ones begin as not returnable (R7). */
export const virtualTerms = (
  { noReturn }: Pick<ProductFields, 'noReturn'>,
  isVirtual: boolean,
): Pick<ProductFields, 'isVirtual' | 'noReturn'> => {
  if (isVirtual) return { isVirtual, noReturn: noReturn ?? 'agreed' }
  return { isVirtual, noReturn: noReturn === 'agreed' ? null : noReturn }
}

/** What the API gets, or every problem at once. */
export function checkForm(form: ProductForm, files: FormFiles): Checked {
  const rows = rowsOf(form.matrix).filter(isKept)
  const offered = rows.filter(row => row.draft.isOffered)
  const limit = form.limitText.trim() === '' ? null : parseCount(form.limitText, limitMax)
  const schedule = {
    shelveAt: instantOf(form.shelveText),
    unshelveAt: instantOf(form.unshelveText),
  }
  const problems: Record<string, string> = {
    ...(form.title.trim() === '' ? { title: 'titleMissing' } : {}),
    ...(files.pictureFileIds.length === 0 ? { pictures: 'picturesMissing' } : {}),
    ...(form.limitText.trim() !== '' && !limit ? { limit: 'limitWrong' } : {}),
    ...scheduleProblem(schedule),
    ...specProblem(form.matrix, offered),
    ...Object.assign({}, ...rows.map(row => rowProblems(row, form.strikeSource))),
  }
  if (Object.keys(problems).length > 0) return { problems }
  return {
    schedule,
    body: {
      title: form.title.trim(),
      subtitle: form.subtitle.trim(),
      description: form.description.trim(),
      detail: form.detail,
      pictureFileIds: [...files.pictureFileIds],
      videoFileId: files.videoFileId,
      brandId: form.brandId,
      categoryId: form.categoryId,
      tagIds: form.tagIds,
      isVirtual: form.isVirtual,
      noReturn: form.noReturn,
      regionCodes: form.regionCodes.length === 0 ? null : form.regionCodes,
      limitPerBuyer: limit,
      freightTemplateId: form.isVirtual ? null : form.freightTemplateId,
      skus: rows.flatMap(row => skuBody(row, form) ?? []),
    },
  }
}

/** A combination that is neither sold nor known is none. */
const isKept = ({ draft }: SkuRow) => draft.isOffered || draft.available !== null

function skuBody(row: SkuRow, form: ProductForm): NewSku | null {
  const { draft } = row
  const { priceFen, strikeFen, stock, weightG, volumeCm3 } = amountsOf(row)
  if (priceFen === null || stock === null || weightG === null || volumeCm3 === null) return null
  const { strike } = draft
  return {
    id: draft.skuId,
    spec: specRecordOf(form.matrix.specs, row.values),
    priceFen,
    initialStock: stock,
    strike:
      strike === 'none'
        ? null
        : {
            fen: strikeFen ?? priceFen,
            basis: strike,
            source: strike === 'list_price' ? form.strikeSource.trim() : '',
          },
    pictureFileId: draft.picture?.fileId ?? null,
    weightG,
    volumeCm3,
    barcode: draft.barcode.trim() || null,
    isDisabled: !draft.isOffered,
  }
}

const countOrNone = (text: string, max: number) => (text.trim() === '' ? 0 : parseCount(text, max))

/** Amounts as they are sent; the stock of a SKU that exists is left alone. */
const amountsOf = ({ draft }: SkuRow) => ({
  priceFen: parseYuan(draft.priceText),
  strikeFen: parseYuan(draft.strikeText),
  stock: draft.available === null ? parseCount(draft.stockText, stockMax) : 0,
  weightG: countOrNone(draft.weightText, stockMax),
  volumeCm3: countOrNone(draft.volumeText, volumeMax),
})

function rowProblems(row: SkuRow, strikeSource: string): Record<string, string> {
  const { key, draft } = row
  const { priceFen, strikeFen, stock, weightG, volumeCm3 } = amountsOf(row)
  const isList = draft.strike === 'list_price'
  const barcode = draft.barcode.trim()
  return {
    ...(priceFen === null || priceFen === 0 ? { [`price:${key}`]: 'priceWrong' } : {}),
    ...(stock === null ? { [`stock:${key}`]: 'stockWrong' } : {}),
    ...(isList && !(strikeFen && priceFen !== null && strikeFen > priceFen)
      ? { [`strike:${key}`]: 'strikeWrong' }
      : {}),
    ...(isList && strikeSource.trim() === '' ? { strikeSource: 'strikeSourceMissing' } : {}),
    ...(weightG === null ? { [`weight:${key}`]: 'countWrong' } : {}),
    ...(volumeCm3 === null ? { [`volume:${key}`]: 'countWrong' } : {}),
    ...(barcode !== '' && !/^[0-9A-Za-z-]{4,32}$/.test(barcode)
      ? { [`barcode:${key}`]: 'barcodeWrong' }
      : {}),
  }
}

function scheduleProblem({ shelveAt, unshelveAt }: Schedule): { schedule?: string } {
  const isBackwards = shelveAt !== null && unshelveAt !== null && unshelveAt <= shelveAt
  return isBackwards ? { schedule: 'scheduleWrong' } : {}
}

function specProblem({ specs }: SkuMatrix, offered: readonly SkuRow[]): { specs?: string } {
  if (combinationCount(specs) > skuCountMax) return { specs: 'tooManySkus' }
  const names = specs.map(spec => spec.name.trim())
  if (names.includes('')) return { specs: 'specNameMissing' }
  if (hasTwins(names)) return { specs: 'specNameTwice' }
  const values = specs.map(spec => spec.values.map(value => value.text.trim()).filter(Boolean))
  if (values.some(texts => texts.length === 0)) return { specs: 'specValueMissing' }
  if (values.some(hasTwins)) return { specs: 'specValueTwice' }
  return offered.length === 0 ? { specs: 'noSkus' } : {}
}

const hasTwins = (texts: readonly string[]): boolean => new Set(texts).size < texts.length
