// Imported before any library: what these check for whoever develops with them (GraphQL does for each type of each variable) is left out, as in the image.
process.env['NODE_ENV'] ??= 'production'
