/** Style sheets are for the bundler; importing one has no value. */
declare module "*.css";
