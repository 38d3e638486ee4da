declare module 'virtual:portage-props' {
  const props: import('./props.ts').Props;
  export default props;
}
