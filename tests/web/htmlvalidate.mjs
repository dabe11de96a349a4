// The rules of html-validate for the pages of the site; a rule is bent only where it is a matter of style.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Boxes of one question share its name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit", "reset"] }],
    // The errors of a form stand above its main heading, under a heading of their own.
    "heading-level": ["error", { minInitialRank: "h2" }],
    // A title is the question or the name in full: what a search engine cuts off is not lost on the page.
    "long-title": "off",
    // Templates leave blanks at the ends of lines; browsers do not see them.
    "no-trailing-whitespace": "off",
    // The style sheet comes from the site itself, over the connection of the page.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
