import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { named, nullable, object, oneOf } from '../core/common.ts'

export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]
export const sheetLanguages = ['zh', 'en'] as const
export type SheetLanguage = (typeof sheetLanguages)[number]

/** How a sheet is wanted; its headings are understood in either language when it comes back. */
export const sheetQuery = {
  format: Type.Optional(oneOf(sheetFormats)),
  language: Type.Optional(oneOf(sheetLanguages)),
}
export const SheetQuery = object(sheetQuery)
export type SheetQuery = Static<typeof SheetQuery>

/** What is wrong with one row, in the words of the two languages. */
export const SheetProblem = named('SheetProblem', {
  /** As the spreadsheet counts: the heading is row 1. */
  row: Type.Integer({ minimum: 1 }),
  /** The column's key; null when the row as a whole is wrong. */
  column: nullable(Type.String()),
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
})
export type SheetProblem = Static<typeof SheetProblem>

/** `{column}`, `{max}` … stand for what the problem is about. */
export const sheetErrors = errors({
  'sheet.unreadable': [
    415,
    'This is no readable CSV or XLSX file.',
    '无法读取该文件，请使用 CSV 或 XLSX 格式',
  ],
  'sheet.too_large': [413, 'This sheet unpacks to far too much.', '表格解压后过大'],
  'sheet.too_many_rows': [
    413,
    'A sheet may have at most 5,000 rows.',
    '表格不能超过 5000 行，请分批导入',
  ],
  'sheet.too_many_columns': [413, 'A sheet may have at most 100 columns.', '表格不能超过 100 列'],
  'sheet.empty': [422, 'There are no rows in this sheet.', '表格中没有数据'],
  'sheet.columns_missing': [
    422,
    'Columns are missing. Please start from the template.',
    '缺少必需的列，请使用模板',
  ],
  'sheet.columns_twice': [422, 'A column appears twice.', '存在重复的列'],
  'sheet.cell_missing': [422, '“{column}” is missing.', '“{column}”未填写'],
  'sheet.cell_too_long': [
    422,
    '“{column}” may have at most {max} characters.',
    '“{column}”不能超过 {max} 个字',
  ],
  'sheet.cell_control': [
    422,
    '“{column}” contains invisible control characters.',
    '“{column}”包含不可见的控制字符',
  ],
  'sheet.cell_no_integer': [422, '“{column}” must be a whole number.', '“{column}”应为整数'],
  'sheet.cell_no_money': [
    422,
    '“{column}” must be an amount with at most two decimals.',
    '“{column}”应为金额，最多两位小数',
  ],
  'sheet.cell_out_of_range': [
    422,
    '“{column}” must be between {min} and {max}.',
    '“{column}”应在 {min} 到 {max} 之间',
  ],
  'sheet.cell_no_choice': [
    422,
    '“{column}” must be one of: {choices}.',
    '“{column}”只能是：{choices}',
  ],
  'sheet.cell_no_pairs': [
    422,
    '“{column}” must look like “Color:Red;Size:M”.',
    '“{column}”的格式应为“颜色:红色;尺码:M”',
  ],
  'sheet.cell_no_id': [
    422,
    '“{column}” is no id. Please leave it as it was exported.',
    '“{column}”不是有效编号，请保留导出时的内容',
  ],
  'sheet.cell_no_picture': [
    422,
    '“{column}” must name uploaded pictures by id or address.',
    '“{column}”应为已上传图片的编号或地址',
  ],
  'sheet.cell_repeated': [
    422,
    '“{column}” repeats that of row {row}.',
    '“{column}”与第 {row} 行重复',
  ],
})
export type SheetErrorCode = keyof typeof sheetErrors

/** What reading a sheet may refuse as a whole. */
export const sheetReadErrors = [
  'sheet.unreadable',
  'sheet.too_large',
  'sheet.too_many_rows',
  'sheet.too_many_columns',
  'sheet.empty',
  'sheet.columns_missing',
  'sheet.columns_twice',
] as const satisfies readonly SheetErrorCode[]
