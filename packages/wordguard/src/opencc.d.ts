/** The one table of the package that is needed: `漢 汉|…`, characters only; the package types none of them. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string

  export { pairs as default }
}
