// The page of the API: Swagger UI over the portal's own schema. A token that is typed in stays in this tab alone.
(() => {
  "use strict";
  const place = document.getElementById("api-docs");
  const { schema, language } = place.dataset;
  window.SwaggerUIBundle({
    url: schema,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    requestInterceptor: (request) => {
      if (request.loadSpec) request.headers["Accept-Language"] = language;
      return request;
    },
  });
})();
