import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  Drawer,
  Input,
  localStorageColorSchemeManager,
  Menu,
  Modal,
  type MantineColorsTuple,
  Tooltip,
} from "@mantine/core";

/** The one accent. White on shades 6 and up has a contrast of at least 5.2:1. */
const pine: MantineColorsTuple = [
  "#e8f5f2",
  "#cfe9e3",
  "#a3d6ca",
  "#70c0b0",
  "#43a595",
  "#248b7c",
  "#0f7768",
  "#0b6558",
  "#085047",
  "#063b35",
];

/** Harm, and nothing else. */
const red: MantineColorsTuple = [
  "#fdeeec",
  "#fbdad6",
  "#f5b3ab",
  "#ee897d",
  "#e46556",
  "#d64536",
  "#bf3022",
  "#a3271b",
  "#821f16",
  "#611711",
];

const gray: MantineColorsTuple = [
  "#f8f9f7",
  "#f2f4f1",
  "#e6e9e4",
  "#d6dad3",
  "#bdc3bb",
  "#939b93",
  "#687069",
  "#4b534d",
  "#2f3632",
  "#191d1b",
];

const dark: MantineColorsTuple = [
  "#e4e9e6",
  "#bcc6c1",
  "#9ba7a1",
  "#6d7974",
  "#37413d",
  "#29312e",
  "#1b211f",
  "#131817",
  "#0e1211",
  "#0a0d0c",
];

const FONT = '"Inter Variable", system-ui, sans-serif';
const MONO = '"JetBrains Mono Variable", ui-monospace, monospace';

/** The same key as in public/color-scheme.js. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "aic-sos-color-scheme" });

/** A 4 px grid, 13 px text in controls and tables. */
export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, red, gray, dark },
  white: "#ffffff",
  black: "#191d1b",
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT, fontWeight: "620" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.5", lg: "1.5", xl: "1.3" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: Button.extend({
      vars: (_theme, { size }) => ({
        root:
          size === undefined
            ? { "--button-height": "32px", "--button-fz": "13px", "--button-padding-x": "12px" }
            : { "--button-fz": "12px" },
      }),
      // A button may name what people named: it is cut rather than wider than its place.
      styles: {
        root: { maxWidth: "100%" },
        label: {
          display: "block",
          alignContent: "center",
          fontWeight: 550,
          textOverflow: "ellipsis",
        },
      },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: "subtle", color: "gray", size: 32 },
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { "--input-height": "34px", "--input-fz": "13px" } }),
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { fontSize: "13px", fontWeight: 550, marginBottom: 4 },
        description: { fontSize: "12px", lineHeight: 1.45, marginBottom: 6 },
        error: { fontSize: "12px" },
      },
    }),
    Badge: Badge.extend({
      defaultProps: { variant: "default", radius: "sm" },
      styles: { root: { textTransform: "none", fontWeight: 500, letterSpacing: 0 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 250, fz: 12, events: { hover: true, focus: true, touch: false } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", position: "bottom-start", offset: 4 } }),
    Modal: Modal.extend({
      defaultProps: {
        padding: 20,
        size: 520,
        overlayProps: { backgroundOpacity: 0.4 },
        yOffset: "10dvh",
      },
      styles: {
        title: { fontSize: 16, fontWeight: 620, lineHeight: 1.3 },
        content: { backgroundColor: "var(--bg-raised)" },
        header: { backgroundColor: "var(--bg-raised)" },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: "right",
        padding: 20,
        size: 480,
        overlayProps: { backgroundOpacity: 0.25 },
      },
      styles: {
        title: { fontSize: 15, fontWeight: 620, lineHeight: 1.3 },
        content: { backgroundColor: "var(--bg-raised)" },
        header: { backgroundColor: "var(--bg-raised)" },
      },
    }),
  },
});
